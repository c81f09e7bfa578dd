import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { TaskView } from '../view.ts';
import { about } from './about.ts';
import { api, sentenceOf } from './api.ts';
import { Chat } from './chat.tsx';
import { createConversation, type Entry } from './conversation.ts';
import { byId } from './dom.ts';
import { createDraft } from './draft.ts';
import { takeFiles } from './hand-over.ts';
import { install } from './install.ts';
import { newKey } from './key.ts';
import { lookWhatIsLeft } from './left-today.ts';
import { openLive } from './live.ts';
import { Me } from './me.tsx';
import { press } from './press.ts';
import { createRequests } from './requests.ts';
import { createScroll } from './scroll.ts';
import { watchSecondPresses } from './second-press.ts';
import { createSettings } from './settings.tsx';
import { takeSharedPicture } from './shared-picture.ts';
import { createTeller } from './tell.ts';
import { isMineOnly } from './whose.tsx';
import { WORDS } from './words.ts';

watchSecondPresses();
const scroll = createScroll();
const teller = createTeller();
const conversation = createConversation({
  onState(view) {
    teller.state(view);
    // What failed may have cost nothing.
    if (view.state === 'failed' || view.state === 'cancelled') lookWhatIsLeft();
  },
});
const requests = createRequests({
  conversation,
  onSent: lookWhatIsLeft,
  takesBack: (sending) => draft.takeBack(sending),
  onSend() {
    scroll.toEnd();
    teller.say(WORDS.sending);
  },
});
// Open pages learn of it when they are opened next.
const settings = createSettings({ onChange: learn });
const draft = createDraft({
  onSend: requests.send,
  onTaken(task) {
    requests.receive(task);
    scroll.toEnd();
  },
  onSettings: settings.show,
});

async function learn(): Promise<void> {
  const found = await api.about().catch(() => undefined);
  if (!found) return; // it comes with the connection
  // Another language by now: what stands on the page comes anew, and what was begun is kept.
  if (about.peek() && about.peek()?.locale !== found.locale) return location.reload();
  about.value = found;
  lookWhatIsLeft();
}

async function act(entry: Entry, action: string): Promise<void> {
  const { view, sending } = entry;
  const say = (sentence: string, more: Entry['said']['value']['more'] = []) => {
    entry.said.value = { sentence, more };
  };
  const pressed = {
    say,
    show(task: TaskView, isNew: boolean, note?: string) {
      requests.receive(task);
      conversation.note(task.taskId, note);
      if (!isNew) return;
      scroll.toEnd();
      teller.say(WORDS.madeBelow);
    },
    gone(taskId: string) {
      conversation.gone(taskId);
      teller.say(WORDS.deleted);
    },
  };
  try {
    if (sending) requests.act(sending, action, draft);
    else if (view && action === 'again') requests.again(view);
    else if (view && action === 'picture') draft.anotherPicture(view);
    else if (view) await press(view, action, pressed);
  } catch (error) {
    say(sentenceOf(error));
  }
}

const isLoadingOlder = signal(false);
async function showOlder(): Promise<void> {
  const oldest = conversation.oldest();
  if (!oldest || isLoadingOlder.peek()) return;
  isLoadingOlder.value = true;
  try {
    const isMine = isMineOnly.peek();
    const page = await api.older({ before: oldest, isMine });
    await scroll.holding(() => conversation.olderPage(page, { isMine }));
  } catch (error) {
    teller.say(sentenceOf(error));
  }
  isLoadingOlder.value = false;
}

/** The newest of one's own may lie far behind what all made since. */
async function showMine(): Promise<void> {
  try {
    conversation.olderPage(await api.older({ isMine: true }), { isMine: true });
  } catch (error) {
    teller.say(sentenceOf(error));
  }
}

const hooks = {
  act,
  edited: ({ view }: Entry, answer: Parameters<typeof requests.again>[1], action: string) =>
    view && requests.again(view, answer, action),
  checkScene: draft.checkScene,
  details: ({ view }: Entry) =>
    view
      ? api.press(view.taskId, 'details', { key: newKey() }).then(({ say = '' }) => say, sentenceOf)
      : Promise.resolve(''),
  useAgain: ({ view }: Entry) => view && draft.useAgain(view),
};
function Page() {
  return (
    <Chat {...{ conversation, draft, scroll, settings, hooks, showOlder, isLoadingOlder: isLoadingOlder.value }} />
  );
}

render(<Me />, byId('me'));
const isLoaded = signal(false);
effect(() => {
  if (isLoaded.value && isMineOnly.value)
    showMine().then(() => {
      if (conversation.cards.peek().length > 0) scroll.toEnd();
      else scrollTo({ top: 0, behavior: 'instant' }); // where the way out stands
    });
});
effect(() => {
  const isEmpty = conversation.cards.value.length === 0;
  if (!isEmpty || isLoaded.value) document.body.dataset.view = isEmpty ? 'empty' : 'talk';
});
render(<Page />, byId('chat'));
takeFiles(draft.slot.take);
draft.restore();
takeSharedPicture(draft.slot.take).catch(() => {}); // then it is shared once more
install();
requests.resume();

let isBroken = false;
let lostAt = Number.NEGATIVE_INFINITY;
// What a clip costs stands on the cards, so it is known before there are any.
learn().then(() =>
  openLive(
    {
      conversation(page) {
        requests.receivePage(page, lostAt);
        isLoaded.value = true;
      },
      task: requests.receive,
      gone: ({ taskId }) => conversation.gone(taskId),
    },
    (isConnected) => {
      teller.connection(isConnected);
      if (isConnected) {
        requests.hurry();
        if (isBroken) learn(); // perhaps another program by now
      } else lostAt = performance.now();
      isBroken = !isConnected;
    },
    conversation.isAwaited,
  ),
);
