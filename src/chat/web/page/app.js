// @ts-check

import { api } from './api.js';
import { createCard } from './card.js';
import { createComposer } from './composer.js';
import { askToDelete } from './confirm.js';
import { createConversation } from './conversation.js';
import { byId } from './dom.js';
import { drawIcons } from './icons.js';
import { newKey } from './key.js';
import { tab } from './letters.js';
import { openLive } from './live.js';
import { createOutbox } from './outbox.js';
import { createScroll } from './scroll.js';
import { createTeller } from './tell.js';
import { price, WORDS } from './words.js';

/** @import { TaskView } from '../view.ts' */
/** @import { Entry } from './conversation.js' */
/** @import { Letter } from './letters.js' */
/** @import { Action } from './look.js' */

drawIcons();
const list = byId('cards', HTMLOListElement);
const olderButton = byId('older', HTMLButtonElement);
const scroll = createScroll({ list, composer: byId('composer', HTMLFormElement) });
const teller = createTeller();
let cost = 0;
let lostAt = Number.NEGATIVE_INFINITY;
let broken = false;
let loaded = false;

const composer = createComposer({
  onSend(letter, pictureUrl) {
    send(letter, pictureUrl);
  },
});

const conversation = createConversation({
  list,
  newCard: (entry) =>
    createCard({
      act: (action) => act(entry(), action),
      edited: (scene) => again(entry(), scene),
      checkScene: composer.checkScene,
      again: cost > 0 ? price(cost) : '',
    }),
  onState: teller.state,
  onChange({ count, older }) {
    olderButton.hidden = !older;
    if (loaded || count > 0) document.body.dataset.view = count > 0 ? 'talk' : 'empty';
  },
});

/** Tasks that the live channel told of before the answer to our own request did: perhaps the same. @type {Map<string, TaskView>} */
const early = new Map();
const outbox = createOutbox({
  onChange: (sending) => conversation.sending(sending, () => urlOf(sending.letter)),
  onSent(sending, task) {
    early.delete(task.taskId);
    conversation.sent(sending, task);
    showEarly();
  },
  onGone(sending) {
    conversation.notSent(sending);
    showEarly();
  },
});

function showEarly() {
  const views = [...early.values()];
  early.clear();
  views.forEach(receive);
}

/** @param {TaskView} view */
function receive(view) {
  if (!conversation.has(view.taskId) && outbox.mayHaveMade(view)) early.set(view.taskId, view);
  else conversation.task(view);
}

/** The picture's address while its request is on its way. @param {Letter} letter */
const urlOf = ({ of, picture }) => of?.pictureUrl ?? (picture ? URL.createObjectURL(picture) : '');

/** @param {Letter} letter @param {string} pictureUrl */
function send(letter, pictureUrl) {
  conversation.sending({ letter, state: 'sending' }, () => pictureUrl);
  outbox.send(letter);
  scroll.toEnd();
  teller.say(WORDS.sending);
}

/** @param {Entry} entry @param {string} [scene] */
function again({ view }, scene) {
  if (!view) return;
  const { taskId, pictureUrl, size } = view;
  const of = { taskId, pictureUrl };
  send(
    { key: newKey(), tab, at: Date.now(), scene: scene ?? view.scene, options: {}, of, ...(size ? { size } : {}) },
    pictureUrl,
  );
}

/** @param {Entry} entry @param {Action} action */
async function act(entry, action) {
  const { card, view, sending } = entry;
  try {
    if (sending) actOnSending(sending, action);
    else if (view && action === 'cancel') card.say(await api.cancel(view.taskId));
    else if (action === 'again') again(entry);
    else if (view && action === 'delete' && (await askToDelete())) {
      await api.remove(view.taskId);
      conversation.gone(view.taskId);
      teller.say(WORDS.deleted);
    }
  } catch (error) {
    card.say(error instanceof Error ? error.message : WORDS.broken);
  }
}

/** @param {NonNullable<Entry['sending']>} sending @param {Action} action */
function actOnSending({ letter, sentence }, action) {
  if (action === 'resend') return outbox.retry(letter.key);
  if (action === 'discard') return outbox.give(letter.key);
  const back = composer.takeBack(letter, sentence);
  if (back || action === 'cancel') outbox.give(letter.key);
  else composer.refuse(WORDS.composerInUse);
}

async function learn() {
  const about = await api.about().catch(() => undefined);
  if (!about) return; // it comes with the connection
  cost = about.cost;
  composer.offer(about);
}

olderButton.addEventListener('click', async () => {
  const oldest = conversation.oldest();
  if (!oldest || olderButton.ariaBusy === 'true') return;
  olderButton.ariaBusy = 'true';
  try {
    const page = await api.older(oldest);
    scroll.holding(() => conversation.olderPage(page));
  } catch (error) {
    teller.say(error instanceof Error ? error.message : WORDS.broken);
  }
  olderButton.ariaBusy = 'false';
});

learn();
composer.restore();
outbox.resume();
openLive({
  onConversation(view) {
    loaded = true;
    const later = view.tasks.filter((task) => !conversation.has(task.taskId) && outbox.mayHaveMade(task));
    conversation.page({ ...view, tasks: view.tasks.filter((task) => !later.includes(task)) }, lostAt);
    later.forEach(receive);
  },
  onTask: receive,
  onGone: conversation.gone,
  onState(connected) {
    teller.connection(connected);
    if (!connected) {
      broken = true;
      lostAt = performance.now();
      return;
    }
    outbox.hurry();
    if (broken) learn(); // perhaps another program by now
    broken = false;
  },
});
