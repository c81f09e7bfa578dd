import { Routes } from 'discord.js';
import { isOver, type Task } from '../../../task/task.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Card, Ledger, Sent } from '../../chat.ts';
import { hold } from '../../kit/hold.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import { CODE, isAutoMod } from '../api/codes.ts';
import type { Api, DiscordCall, DiscordFailure, DiscordResult } from '../api/rest.ts';
import type { Upload } from '../api/wire.ts';
import { kindCode, type MessageRef, readRef, writeRef } from '../ids.ts';
import { fileName } from '../text.ts';
import { cardBody, hasThumbnail, thumbnailOf } from './layout.ts';
import { lookUp } from './look-up.ts';
import { homeOf } from './places.ts';
import { attachmentOf, post, remove, timeoutFor } from './post.ts';
import type { RecentRefusals } from './recent-refusals.ts';
import { areRefused, refuseWords } from './refused-words.ts';
import { videoOf } from './video.ts';

/** On record once the picture hangs on the card: it is sent along once. */
const PICTURE = 'card-picture';
/** While calls are scarce, a card that only moves on waits for so long. */
const PRESSURE_WAIT_MS = 3_000;
/** A card in a thread that stays in the archive waits for so long. */
const ARCHIVED_WAIT_MS = 60_000;

export interface CardDeps {
  api: Api;
  recentRefusals: RecentRefusals;
  files: TaskFiles;
  clock: Clock;
}

interface Showing {
  task: Task;
  card: Card;
  ledger: Ledger;
}

/** A card that stands there, new or found; where there is none, why. */
export type Made =
  | { outcome: 'made'; ref: MessageRef; isNew: boolean }
  | { outcome: 'none'; reason: string }
  | DiscordFailure;

/** Makes a task's card show what it should; makes it where there is none and the task is not over. */
export async function showCard(deps: CardDeps, { task, card, ledger }: Showing, signal: AbortSignal): Promise<Sent> {
  const known = readRef(ledger.sent.card);
  if (known) return edit(deps, { task, card, ledger, ref: known }, signal);
  // A task that is over is told by its clip or its notice; its card is only looked for.
  const made = await makeCard(deps, { task, card, ledger, look: ledger.doubtful, post: !isOver(task) }, signal);
  if (made.outcome === 'made' && !made.isNew) return edit(deps, { task, card, ledger, ref: made.ref }, signal);
  if (made.outcome === 'made' || (made.outcome === 'none' && isOver(task))) return { outcome: 'shown' };
  return made.outcome === 'none' ? { outcome: 'impossible', reason: made.reason } : made;
}

/** Finds or posts the card. */
export async function makeCard(
  deps: CardDeps,
  { task, card, ledger, ...how }: Showing & { look: boolean; post: boolean },
  signal: AbortSignal,
): Promise<Made> {
  const channel = homeOf(task);
  const letter = kindCode('card', task);
  if (how.look) {
    const sinceMs = task.at.received ?? 0;
    const found = await lookUp(deps, { channel, taskId: task.id, letter, sinceMs }, signal);
    if (found.outcome === 'found') return held(found.ref, false);
    if (found.outcome === 'unreadable') return { outcome: 'none', reason: 'the channel cannot be read' };
    if (found.outcome !== 'none') return found;
  }
  if (!how.post) return { outcome: 'none', reason: 'the task is over' };
  const picture = await pictureOf(task, deps.files);
  const body = ({ people }: { people: boolean }) =>
    cardBody(task, card, { letter, picture: picture !== undefined, scene: people, clips: [], videos: [] });
  const wanted = { channel, nonce: `${task.id}${letter}`, body, ledger, file: picture };
  const posted = await post(deps, wanted, signal);
  if (posted.outcome === 'deleted') return { outcome: 'none', reason: 'the card was deleted' };
  if (posted.outcome === 'impossible') return { outcome: 'none', reason: posted.reason };
  if (posted.outcome !== 'posted') return posted;
  const made = await held(posted.ref, true);
  if (hasThumbnail(posted.components)) await ledger.record(PICTURE, writeRef(posted.ref));
  return made;

  async function held(ref: MessageRef, isNew: boolean): Promise<Made> {
    const held = await hold(ledger, { kind: 'card', own: writeRef(ref) }, () => remove(deps.api, ref, signal));
    return { outcome: 'made', ref: readRef(held) ?? ref, isNew: isNew && held === writeRef(ref) };
  }
}

/** How an edited card is to look: with the clips, or where those were refused a last frame. */
interface Wanted {
  scene: boolean;
  videos: readonly string[];
  frame?: Upload;
}

/** The clips that a card tells of: its own, or once all have ended those of several takes. */
function clipsOf({ state, take }: Task, card: Card, ledger: Ledger): MessageRef[] {
  const own = take === undefined && ledger.sent.clip !== undefined ? [ledger.sent.clip] : [];
  return (card.clips ?? (state === 'delivered' ? own : [])).flatMap((text) => readRef(text) ?? []);
}

async function edit(
  deps: CardDeps,
  { task, card, ledger, ref }: Showing & { ref: MessageRef },
  signal: AbortSignal,
): Promise<Sent> {
  const { api, recentRefusals } = deps;
  if (!isOver(card) && api.isBusy()) return { outcome: 'retry', reason: 'busy', retryAfterMs: PRESSURE_WAIT_MS };
  if (recentRefusals.isBlocked(ref.channel, 'edit'))
    return { outcome: 'impossible', reason: 'edits were refused a moment ago' };
  const hangs = ledger.sent[PICTURE] !== undefined;
  const picture = hangs ? undefined : await pictureOf(task, deps.files);
  const clips = clipsOf(task, card, ledger);
  // In a thread a clip would be a click away.
  const elsewhere = clips.filter(({ channel }) => channel !== ref.channel);
  const found = (await Promise.all(elsewhere.map((clip) => videoOf(deps, clip, signal)))).filter(
    (url) => url !== undefined,
  );
  const attempt = ({ scene, videos, frame }: Wanted): Promise<DiscordResult> => {
    const file = frame ?? picture;
    const look = {
      letter: kindCode('card', task),
      // One file hangs on a card: the frame takes the picture's place.
      picture: !frame && (hangs || picture !== undefined),
      scene,
      clips,
      videos: frame ? [`attachment://${frame.name}`] : videos,
    };
    const attachments = file && [attachmentOf(file)];
    const call: DiscordCall = {
      method: 'PATCH',
      path: Routes.channelMessage(ref.channel, ref.message),
      body: { attachments, ...cardBody(task, card, look) },
      timeoutMs: timeoutFor(file),
      file,
    };
    return api.call(call, signal);
  };
  let wanted: Wanted = { scene: !areRefused(ledger), videos: found };
  let called = await attempt(wanted);
  if (called.outcome === 'impossible' && isAutoMod(called.code) && wanted.scene) {
    wanted = { scene: false, videos: found };
    await refuseWords(ledger, ref.channel);
    called = await attempt(wanted);
  }
  if (called.outcome === 'impossible' && called.code === CODE.archived && (await bringBack(api, ref.channel, signal)))
    called = await attempt(wanted);
  const isRefused = () => called.outcome === 'impossible' && called.code === CODE.invalidForm && found.length > 0;
  if (isRefused()) {
    const frame = await frameOf(task, deps.files, signal);
    if (frame) called = await attempt({ scene: wanted.scene, videos: [], frame });
    if (isRefused()) called = await attempt({ scene: wanted.scene, videos: [] });
  }
  if (called.outcome === 'done') return { outcome: 'shown', sent: picture && { [PICTURE]: writeRef(ref) } };
  if (called.outcome !== 'impossible') return called;
  // A card that was deleted is not wanted: the clip comes all the same.
  if (called.code === CODE.unknownMessage) return { outcome: 'shown' };
  if (called.code === CODE.archived) return { outcome: 'retry', reason: called.reason, retryAfterMs: ARCHIVED_WAIT_MS };
  if (called.status === 403 || called.code === CODE.unknownChannel) recentRefusals.block(ref.channel, 'edit');
  return { outcome: 'impossible', reason: called.reason };
}

/** Takes a thread out of the archive, where nothing can be edited. */
export async function bringBack(api: Api, channel: string, signal?: AbortSignal): Promise<boolean> {
  const called = await api.call({ method: 'PATCH', path: Routes.channel(channel), body: { archived: false } }, signal);
  return called.outcome === 'done';
}

async function frameOf(task: Task, files: TaskFiles, signal: AbortSignal): Promise<Upload | undefined> {
  const bytes = await files.lastFrame(task, signal);
  const { spoiler } = task.options;
  const name = fileName('last-frame.jpg', task.options);
  return bytes && { name, type: 'image/jpeg', bytes: bytes.length, spoiler, read: () => [bytes] };
}

async function pictureOf(task: Task, files: TaskFiles): Promise<Upload | undefined> {
  const bytes = await files.thumbnail(task);
  const { spoiler } = task.options;
  return bytes && { name: thumbnailOf(task), type: 'image/jpeg', bytes: bytes.length, spoiler, read: () => [bytes] };
}
