import type { InlineQuery, InlineQueryResultCachedVideo } from 'grammy/types';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { shortened } from '../../kit/text.ts';
import type { Telegram } from '../api/api.ts';
import { personOf } from '../places.ts';
import { CLIP_FILE } from '../send/video.ts';
import { MAX_CAPTION, quoted } from '../texts.ts';

/** Results that Telegram takes at once; https://core.telegram.org/bots/api#answerinlinequery */
const MAX_OFFERED = 50;
/** So many pages are looked at, for some clips cannot be offered. */
const MAX_PAGES = 10;
const PAGE = 100;
const MAX_TITLE = 100;
/** New clips are there soon; the answer is this person's alone. */
const CACHE_SECONDS = 5;

/** `@bot words` in any chat: offers the person's own clips, newest first, that have all the words in their scene. */
export async function answerInline(
  { id, from, query }: InlineQuery,
  { tg, store }: { tg: Telegram; store: Pick<Store, 'tasks'> },
): Promise<void> {
  const words = query.split(/\s+/);
  const person = personOf(from).id;
  // The button under a clip names it.
  const named = /^[0-9a-f]{24}$/.test(query.trim()) ? await store.tasks.get(query.trim()) : undefined;
  const isNamed = named?.requester.id === person && named.state === 'delivered' && canBeOffered(named);
  const clips = named ? (isNamed ? [named] : []) : await clipsWith(words, person, store);
  const button = { text: messagesFor(from.language_code ?? 'en').telegram.inlineNew, start_parameter: 'new' };
  const how = {
    is_personal: true,
    cache_time: CACHE_SECONDS,
    button: clips.length === 0 ? button : undefined,
  };
  await tg.call((api, signal) => api.answerInlineQuery(id, clips.map(offered), how, signal));
}

async function clipsWith(words: readonly string[], person: string, { tasks }: Pick<Store, 'tasks'>): Promise<Task[]> {
  const found: Task[] = [];
  let before: Task | undefined;
  for (let pages = 0; pages < MAX_PAGES && found.length < MAX_OFFERED; pages++) {
    const page = await tasks.clips({ in: { person }, words }, { limit: PAGE, before });
    found.push(...page.filter(canBeOffered));
    before = page.at(-1);
    if (page.length < PAGE) break;
  }
  return found.slice(0, MAX_OFFERED);
}

/** What is shared cannot be covered. */
const canBeOffered = ({ sent, options }: Task): boolean => sent[CLIP_FILE] !== undefined && !options.spoiler;

function offered(task: Task): InlineQueryResultCachedVideo {
  const { text: caption, entities: caption_entities } = quoted(shortened(task.scene, MAX_CAPTION));
  return {
    type: 'video',
    id: task.id,
    video_file_id: task.sent[CLIP_FILE] ?? '',
    title: shortened(task.scene || messagesFor(task.locale).wordless, MAX_TITLE),
    caption,
    caption_entities,
  };
}
