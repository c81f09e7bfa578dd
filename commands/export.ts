import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { linkTo } from '../src/task/link.ts';
import type { Clip, Task } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import { defineCommand } from './command.ts';
import { isOneself } from './may-see.ts';
import type { CommandDeps, RequestOrigin } from './table.ts';

/** Told at most, which is some two megabytes: what every chat takes as a file. */
const MAX_REQUESTS = 2_000;
const MAX_STARRED = 2_000;
const PAGE = 200;
/** Between two of one person. */
const AGAIN_MS = 60_000;

/** `/export`: what is kept of a person, as a file for them alone. */
export const exportCommand = defineCommand({
  name: 'export',
  words: (locale) => messagesFor(locale).commands.export,
  options: z.object({}),
  async run({ requester, requestKey, locale }, _options, { store, publicUrl }) {
    const words = messagesFor(locale).exported;
    if (!isOneself(requester)) return { type: 'refused', text: words.asYourself };
    if (!(await hasAnything(requester, store))) return { type: 'refused', text: words.nothing };
    // By the request, so that one that is told again is answered again.
    if (!(await store.locks.hold(`export ${sha256(requester.id)}`, requestKey, AGAIN_MS)))
      return { type: 'refused', text: words.tooSoon };
    const { tasks, hasMore } = await requestsOf(requester, store);
    const starred = await store.tasks.starredBy(requester.id, { limit: MAX_STARRED });
    const requests = await Promise.all(tasks.map((task) => told(task, { store, publicUrl })));
    const { id, name } = requester;
    const content = { person: { id, name }, at: iso(store.now()), requests, starred: starred.map((task) => task.id) };
    return {
      type: 'file',
      text: [words.text(tasks.length), ...(hasMore ? [words.cut(MAX_REQUESTS)] : [])].join(' '),
      name: 'kinora.json',
      content: JSON.stringify(content, null, 1),
    };
  },
});

async function hasAnything({ id }: RequestOrigin['requester'], { tasks }: Pick<Store, 'tasks'>): Promise<boolean> {
  const [own, starred] = await Promise.all([tasks.ofPerson(id, { limit: 1 }), tasks.starredBy(id, { limit: 1 })]);
  return own.length + starred.length > 0;
}

async function requestsOf(
  { id }: RequestOrigin['requester'],
  { tasks }: Pick<Store, 'tasks'>,
): Promise<{ tasks: Task[]; hasMore: boolean }> {
  const own: Task[] = [];
  for (let before: Task | undefined; own.length <= MAX_REQUESTS; ) {
    const page = await tasks.ofPerson(id, { limit: PAGE, before });
    own.push(...page.filter(({ requester }) => requester.id === id));
    before = page.at(-1);
    if (page.length < PAGE) break;
  }
  return { tasks: own.slice(0, MAX_REQUESTS), hasMore: own.length > MAX_REQUESTS };
}

/** A request, as far as it is its person's. */
async function told(task: Task, { store, publicUrl }: Pick<CommandDeps, 'store' | 'publicUrl'>) {
  const { id, state, place, scene, options, provider, cost, fitted, clip, goesOn, shows, story, stars, at } = task;
  const file = (one: Clip) => ({ ...one.size, seconds: one.durationMs / 1000, bytes: one.bytes });
  const link = publicUrl === undefined ? undefined : await store.links.get(id);
  return {
    id,
    state,
    times: Object.fromEntries(Object.entries(at).map(([entered, ms]) => [entered, iso(ms)])),
    place: { platform: place.platform, community: place.community, chat: place.chat },
    scene,
    options,
    provider,
    cost,
    picture: fitted?.original,
    last: fitted?.last?.original,
    clip: clip && file(clip),
    goesOn: goesOn && file(goesOn),
    shows,
    story,
    stars: stars?.length ?? 0,
    link: link && publicUrl !== undefined ? linkTo(link.token, publicUrl) : undefined,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
