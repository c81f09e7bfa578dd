import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { about } from './about.ts';
import { Bell } from './bell.tsx';
import { Buttons } from './buttons.tsx';
import type { Entry } from './conversation.ts';
import { Details, withoutDetails } from './details.tsx';
import { afterwards, focusBeside } from './dom.ts';
import { type Edited, Editor } from './editor.tsx';
import { Frame, ratioOf } from './frame.tsx';
import { Icon } from './icons.tsx';
import { costOf } from './options.ts';
import { Saying } from './saying.tsx';
import { WORDS } from './words.ts';

/** Taller than this it would fill a screen at full width. */
const TALL_RATIO = 1.2;
/** Actions that open the scene for a change, or for what happens next. */
const EDITS = ['edit', 'shorten', 'continue'];

/** What can be done under a card. */
export interface CardHooks {
  act(entry: Entry, action: string): unknown;
  edited(entry: Entry, answer: Edited, action: string): void;
  checkScene(scene: string): string | undefined;
  /** What else there is to tell of it. */
  details(entry: Entry): Promise<string>;
  /** Its options for the next request. */
  useAgain(entry: Entry): void;
}

/** A request and its clip. */
export function Card({ entry, hooks }: { entry: Entry; hooks: CardHooks }) {
  const look = entry.look.value;
  const { size, tone, scene, status, options } = look;
  const id = useId();
  const at = useRef<HTMLElement>(null);
  const [measured, measure] = useState<number>();
  const [editing, edit] = useState<string>();
  const ratio = size ? ratioOf(size.width, size.height) : measured;
  const isTall = ratio !== undefined && ratio < TALL_RATIO;
  useFocusKept(at);

  function act(action: string) {
    if (!EDITS.includes(action)) return hooks.act(entry, action);
    edit(action);
  }
  function close() {
    edit(undefined);
    // What stands behind **More** is hidden by then.
    const opener = editing === 'continue' ? 'more' : editing;
    afterwards(() => at.current?.querySelector<HTMLElement>(`.foot .${opener}`)?.focus());
  }
  const cost = about.value && options ? costOf(about.value, options) : 0;
  return (
    <li data-task={entry.view?.taskId}>
      <article class={isTall ? 'card tall' : 'card'} tabIndex={-1} ref={at} aria-labelledby={id} data-tone={tone}>
        <Frame look={look} ratio={ratio} measured={measure} />
        <div class="words">
          {/* Hidden and not taken away: the card is named after it. */}
          <p class="scene" id={id} dir="auto" hidden={editing !== undefined}>
            {scene || WORDS.byItself}
          </p>
          {editing !== undefined && (
            <Editor
              scene={scene}
              question={editing === 'continue' ? WORDS.nextScene : undefined}
              options={options}
              check={hooks.checkScene}
              send={(answer) => {
                edit(undefined);
                hooks.edited(entry, answer, editing === 'continue' ? editing : 'edit');
              }}
              close={close}
            />
          )}
          <Details look={look} load={entry.view && (() => hooks.details(entry))} again={() => hooks.useAgain(entry)} />
          <Saying said={entry.said.value} act={(action) => hooks.act(entry, action)} />
          <div class="foot" hidden={editing !== undefined}>
            <p class="status">
              {tone === 'failed' && <Icon name="warning" />}
              {tone === 'done' ? '' : status}
            </p>
            {tone === 'working' && (!entry.view || entry.view.isMine) && <Bell />}
            <Buttons look={withoutDetails(look)} act={act} again={cost > 0 ? WORDS.price(cost) : ''} />
          </div>
        </div>
      </article>
    </li>
  );
}

/** The button that had the focus may go with the state: the keyboard goes on from this card, or beside one that goes away. */
function useFocusKept(at: { readonly current: HTMLElement | null }): void {
  const holds = () => at.current?.contains(document.activeElement) === true;
  const held = holds();
  useLayoutEffect(() => {
    if (held && !holds()) at.current?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => () => void (holds() && focusBeside(at.current?.parentElement)), []);
}
