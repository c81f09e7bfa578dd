import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { sentenceOf } from './api.ts';
import { Buttons } from './buttons.tsx';
import { Icon, type IconName } from './icons.tsx';
import { lookOfTask } from './look.ts';
import { Modal } from './modal.tsx';
import { Player } from './player.tsx';
import { press } from './press.ts';
import { NOTHING_SAID, type Said } from './said.ts';
import { Saying } from './saying.tsx';
import { timeOf, WORDS } from './words.ts';

/** What leads to another clip belongs into the chat. */
const HERE = ['star', 'share', 'more'];
const SHOW = { action: 'show', label: WORDS.showInChat };

interface LargeProps {
  /** The clip that is shown large. */
  shown: Signal<TaskView | undefined>;
  beside(view: TaskView, by: 1 | -1): TaskView | undefined;
  changed(view: TaskView): void;
  gone(taskId: string): void;
  /** Why something failed, where the clip is shown no more. */
  told(sentence: string): void;
  closed(taskId: string): void;
}

/** One clip, large, with what can be done with it. */
export function Large({ shown, beside, changed, gone, told, closed }: LargeProps) {
  const view = shown.value;
  const said = useSignal<Said>(NOTHING_SAID);
  useEffect(() => {
    said.value = NOTHING_SAID;
  }, [view?.taskId]);
  const turn = (to: TaskView | undefined) => {
    if (to) shown.value = to;
  };

  async function act(action: string): Promise<void> {
    if (!view) return;
    const isDelete = action === 'delete';
    if (isDelete) {
      shown.value = undefined;
      told('');
    }
    const say = (sentence: string, more: Said['more'] = []) => {
      if (isDelete) told(sentence);
      else said.value = { sentence, more };
    };
    try {
      await press(view, action, {
        say,
        show(task, isNew, note) {
          const made = action === 'show' ? WORDS.shownInChat : WORDS.madeInChat;
          if (isNew) return say(note === undefined ? made : `${made} ${note}`);
          changed(task);
          if (shown.peek()?.taskId === task.taskId) shown.value = task;
        },
        gone,
      });
    } catch (error) {
      say(sentenceOf(error));
    }
  }

  const [before, after] = view ? [beside(view, -1), beside(view, 1)] : [];
  return (
    <Modal
      isOpen={view !== undefined}
      onClose={() => {
        shown.value = undefined;
        if (view) closed(view.taskId);
      }}
      attributes={{
        id: 'large',
        class: 'large',
        'aria-labelledby': 'large-scene',
        onKeyDown({ key, target }) {
          // A video has keys of its own.
          if (target instanceof HTMLVideoElement) return;
          if (key === 'ArrowLeft') turn(before);
          if (key === 'ArrowRight') turn(after);
        },
      }}
    >
      <form method="dialog" class="large-top">
        <Top id="newer" label={WORDS.oneBefore} icon="back" isOff={!before} press={() => turn(before)} />
        <Top id="next" label={WORDS.oneAfter} icon="forth" isOff={!after} press={() => turn(after)} />
        <Top id="close" label={WORDS.closeClip} icon="close" />
      </form>
      <div id="screen" class="screen">
        {view?.clip && (
          <Player
            key={view.taskId}
            clip={view.clip}
            poster={view.pictureUrl}
            scene={view.scene}
            hasSound={view.options.sound === 'on'}
            size={view.clip.size}
          />
        )}
      </div>
      <div class="words">
        <h2 id="large-scene" class="scene" dir="auto">
          {view ? view.scene || WORDS.byItself : WORDS.clip}
        </h2>
        {view && <Facts view={view} />}
        <Saying said={said.value} act={act} prefix="large-" />
        <div id="large-foot" class="foot">
          {view && <Buttons key={view.taskId} look={lookHere(view)} act={act} />}
        </div>
      </div>
    </Modal>
  );
}

/** Without `press` it closes. */
function Top(props: { id: string; label: string; icon: IconName; isOff?: boolean; press?(): void }) {
  const { id, label, icon, isOff, press } = props;
  return (
    <button
      type={press ? 'button' : 'submit'}
      id={id}
      class="quiet"
      aria-label={label}
      disabled={isOff}
      onClick={press}
    >
      <Icon name={icon} />
    </button>
  );
}

function lookHere(view: TaskView) {
  const look = lookOfTask(view);
  return {
    ...look,
    menu: [SHOW, ...(look.menu ?? []).filter(({ action }) => action !== 'continue')],
    buttons: look.buttons.filter(({ action }) => HERE.includes(action)),
  };
}

function Facts({ view }: { view: TaskView }) {
  const at = new Date(view.askedAt);
  const { shown, facts } = lookOfTask(view);
  return (
    <p id="large-facts" class="facts small">
      <time dateTime={at.toISOString()}>{timeOf(at, { dateStyle: 'medium', timeStyle: 'short' })}</time>
      {[...shown, ...facts].map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}
