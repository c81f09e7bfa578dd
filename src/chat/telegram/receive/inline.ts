import type { InlineQuery, InlineQueryResultCachedVideo } from 'grammy/types';
import { isGalleryCopy } from '../../../../commands/star.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { originalOf } from '../../../task/lineage.ts';
import type { Task } from '../../../task/task.ts';
import { authorOf } from '../../kit/listed-clip.ts';
import { shortened } from '../../kit/text.ts';
import { type OfBot, personOf } from '../places.ts';
import { CLIP_FILE } from '../send/video.ts';
import { MAX_CAPTION, quoted } from '../texts.ts';
import type { ReceiveDeps } from './deps.ts';

/** Results that Telegram takes at once; https://core.telegram.org/bots/api#answerinlinequery */
const MAX_OFFERED = 50;
/** So many pages are looked at, for some clips cannot be offered. */
const MAX_PAGES = 10;
const PAGE = 100;
/** Groups that a person had clips made in last: so many are looked at. */
const MAX_GROUPS = 2;
const MAX_TITLE = 100;
/** New clips are there soon; the answer is this person's alone. */
const CACHE_SECONDS = 5;

type InlineDeps = Pick<ReceiveDeps, 'platform' | 'tg' | 'store' | 'gallery' | 'membership'>;

/**
 * `@bot words` in any chat: offers clips that have all the words in their scene, newest first: the person's own; in a group,
 * which the bot is not told, those made in groups that the person had clips made in and is in; then those of the gallery.
 */
export async function answerInline({ id, from, query, chat_type: type }: InlineQuery, deps: InlineDeps): Promise<void> {
  const words = query.split(/\s+/);
  // The button under a clip names it.
  const named = /^[0-9a-f]{24}$/.test(query.trim()) ? await deps.store.tasks.get(query.trim()) : undefined;
  const isGroup = type === 'group' || type === 'supergroup';
  const found = named ? await ifSeen(named, from, deps) : await clipsFor(from, { words, isGroup }, deps);
  const results = await Promise.all(found.map((task) => offered(task, personOf(from).id, deps)));
  const button = { text: messagesFor(from.language_code ?? 'en').telegram.inlineNew, start_parameter: 'new' };
  const how = {
    is_personal: true,
    cache_time: CACHE_SECONDS,
    button: results.length === 0 ? button : undefined,
  };
  await deps.tg.call((api, signal) => api.answerInlineQuery(id, results, how, signal));
}

/** A clip that a person names may be one that they never saw: an id can be guessed, and a button forwarded. */
async function ifSeen(task: Task, from: InlineQuery['from'], deps: InlineDeps): Promise<Task[]> {
  const { gallery, membership } = deps;
  const { requester, place, state } = task;
  if (state !== 'delivered' || !canBeOffered(task, deps)) return [];
  const isOpen = requester.id === personOf(from).id || (place.chat === gallery && isGalleryCopy(task));
  const isThere = place.chat.startsWith('-') && !isOpen;
  return isOpen || (isThere && (await membership(place.chat, from.id))) ? [task] : [];
}

async function clipsFor(
  from: InlineQuery['from'],
  { words, isGroup }: { words: readonly string[]; isGroup: boolean },
  deps: InlineDeps,
): Promise<Task[]> {
  const { platform, gallery } = deps;
  const own = await clipsOf({ in: { person: personOf(from).id }, words }, deps);
  const groups = isGroup ? await groupsOf(from, deps) : [];
  const chats = [...groups, ...(gallery === undefined ? [] : [gallery])];
  const others: Task[] = [];
  for (const chat of chats) {
    const there = await clipsOf({ in: { platform, chat }, words }, deps);
    // What people make or show in a gallery for those who are there is not for everybody.
    others.push(...(groups.includes(chat) ? there : there.filter(isGalleryCopy)));
  }
  // A clip that is shown in several places is one.
  const all = new Map<string, Task>();
  for (const task of [...own, ...others]) if (!all.has(originalOf(task))) all.set(originalOf(task), task);
  return [...all.values()].slice(0, MAX_OFFERED);
}

/** The groups that a person had clips made in last, and still is in. */
async function groupsOf(from: InlineQuery['from'], { platform, store, membership }: InlineDeps): Promise<string[]> {
  const latest = await store.tasks.clips({ in: { person: personOf(from).id } }, { limit: PAGE });
  const places = latest.filter(({ place }) => place.platform === platform && place.chat.startsWith('-'));
  const chats = [...new Set(places.map(({ place }) => place.chat))].slice(0, MAX_GROUPS);
  const isIn = await Promise.all(chats.map((chat) => membership(chat, from.id)));
  return chats.filter((_, i) => isIn[i]);
}

async function clipsOf(
  filter: Parameters<ReceiveDeps['store']['tasks']['clips']>[0],
  deps: InlineDeps,
): Promise<Task[]> {
  const found: Task[] = [];
  let before: Task | undefined;
  for (let pages = 0; pages < MAX_PAGES && found.length < MAX_OFFERED; pages++) {
    const page = await deps.store.tasks.clips(filter, { limit: PAGE, before });
    found.push(...page.filter((task) => canBeOffered(task, deps)));
    before = page.at(-1);
    if (page.length < PAGE) break;
  }
  return found.slice(0, MAX_OFFERED);
}

/** What is shared cannot be covered, is a video, and was uploaded by this bot: another's files it does not have. */
const canBeOffered = ({ sent, options, format, place }: Task, { platform }: OfBot): boolean =>
  place.platform === platform && sent[CLIP_FILE] !== undefined && !options.spoiler && format === undefined;

/** Another person's says whose it is. */
async function offered(task: Task, person: string, { store }: InlineDeps): Promise<InlineQueryResultCachedVideo> {
  const words = messagesFor(task.locale);
  const author = await authorOf(task, store.tasks);
  const isOwn = author.id === person;
  const { scene } = task;
  const told = isOwn ? scene : words.shown({ scene, author: author.name });
  const { text: caption, entities: caption_entities } = quoted(shortened(told, MAX_CAPTION));
  return {
    type: 'video',
    id: task.id,
    video_file_id: task.sent[CLIP_FILE] ?? '',
    title: shortened(scene || words.wordless, MAX_TITLE),
    description: isOwn ? undefined : shortened(words.clips.by(author.name), MAX_TITLE),
    caption,
    caption_entities,
  };
}
