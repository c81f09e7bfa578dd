// @ts-check

import { api } from './api.js';
import { createCard } from './card.js';
import { createComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { renderDialogs } from './dialogs.tsx';
import { attr, byId } from './dom.js';
import { costOf } from './fields.js';
import { drawIcons } from './icons.js';
import { openLive } from './live.js';
import { press } from './press.js';
import { createRequests } from './requests.js';
import { createScroll } from './scroll.js';
import { createSettings } from './settings.tsx';
import { createTeller } from './tell.js';
import { WORDS } from './words.js';

/** @import { Entry } from './conversation.js' */

drawIcons();
const list = byId('cards', HTMLOListElement);
const olderButton = byId('older', HTMLButtonElement);
const scroll = createScroll({ list, composer: byId('composer', HTMLFormElement) });
const teller = createTeller();
/** @type {import('../view.ts').About | undefined} */
let known;
let broken = false;
let lostAt = Number.NEGATIVE_INFINITY;
let loaded = false;

const composer = createComposer({
  onSend: (letter, pictureUrl) => requests.send(letter, pictureUrl),
  onTaken(task) {
    requests.receive(task);
    scroll.toEnd();
  },
  onSettings: (view) => settings.show(view),
});

const conversation = createConversation({
  list,
  newCard: (entry) =>
    createCard({
      act: (action) => act(entry(), action),
      edited(answer) {
        const { view } = entry();
        if (view) requests.again(view, answer);
      },
      about: () => known,
      checkScene: composer.checkScene,
      again() {
        const options = entry().view?.options;
        const cost = known && options ? costOf(known, options) : 0;
        return cost > 0 ? WORDS.price(cost) : '';
      },
    }),
  onState: teller.state,
  onChange({ count, older }) {
    olderButton.hidden = !older;
    if (loaded || count > 0) document.body.dataset.view = count > 0 ? 'talk' : 'empty';
  },
});

const requests = createRequests({
  conversation,
  onSend() {
    scroll.toEnd();
    teller.say(WORDS.sending);
  },
});

const pressed = {
  /** @param {import('../view.ts').TaskView} task @param {boolean} isNew @param {string} [note] */
  show(task, isNew, note) {
    requests.receive(task);
    conversation.note(task.taskId, note);
    if (!isNew) return;
    scroll.toEnd();
    teller.say(WORDS.madeBelow);
  },
  /** @param {string} taskId */
  gone(taskId) {
    conversation.gone(taskId);
    teller.say(WORDS.deleted);
  },
};

/** @param {Entry} entry @param {string} action */
async function act({ card, view, sending }, action) {
  /** @param {unknown} error */
  const tell = (error) => card.say(error instanceof Error ? error.message : WORDS.broken);
  try {
    if (sending) requests.act(sending, action, composer);
    else if (view && action === 'again') requests.again(view);
    else if (view && action === 'picture') composer.anotherPicture(view);
    else if (view) await press(view, action, { say: card.say, ...pressed });
  } catch (error) {
    tell(error);
  }
}

async function learn() {
  const about = await api.about().catch(() => undefined);
  if (!about) return; // it comes with the connection
  // Another language by now: what stands on the page comes anew, and what was begun is kept.
  if (known && known.locale !== about.locale) return location.reload();
  known = about;
  composer.offer(about);
}

// Open pages learn of it when they are opened next.
const settings = createSettings({ onChange: learn });
renderDialogs(byId('dialogs', HTMLElement), settings);
byId('settings', HTMLButtonElement).addEventListener('click', settings.open);

olderButton.addEventListener('click', async () => {
  const oldest = conversation.oldest();
  if (!oldest || olderButton.hasAttribute('aria-busy')) return;
  attr(olderButton, { 'aria-busy': 'true' });
  try {
    const page = await api.older(oldest);
    scroll.holding(() => conversation.olderPage(page));
  } catch (error) {
    teller.say(error instanceof Error ? error.message : WORDS.broken);
  }
  attr(olderButton, { 'aria-busy': undefined });
});

composer.restore();
requests.resume();
// What a clip costs stands on the cards, so it is known before there are any.
learn().then(() =>
  openLive({
    onConversation(page) {
      loaded = true;
      requests.receivePage(page, lostAt);
    },
    onTask: requests.receive,
    onGone: conversation.gone,
    onState(connected) {
      teller.connection(connected);
      if (!connected) {
        broken = true;
        lostAt = performance.now();
        return;
      }
      requests.hurry();
      if (broken) learn(); // perhaps another program by now
      broken = false;
    },
  }),
);
