import { messagesFor } from '../../src/messages/messages.ts';
import { parkingName } from '../../src/providers/key-parking.ts';
import type { Provider } from '../../src/providers/provider.ts';
import { isOver, personOf, serviceOf } from '../../src/task/task.ts';
import { again } from '../again.ts';
import { cancel } from '../cancel.ts';
import { DAY_MS } from '../counted-today.ts';
import type { Reply } from '../reply.ts';
import { partsAt } from '../settings/at-place.ts';
import type { ChosenSettings } from '../settings/rows.ts';
import type { CommandDeps, RequestOrigin } from '../table.ts';
import { type Control, refusedWord, setControl } from './controls.ts';
import { taskNamed } from './named.ts';

/** What the owner may do: what it is done to stands in their words. */
type Order = (what: string, origin: RequestOrigin, deps: CommandDeps) => Promise<Reply>;

const MAX_WORD = 60;

const done = (text: string): Reply => ({ type: 'done', text });
const refused = (text: string): Reply => ({ type: 'refused', text });

/** Each is a row here, and its words. */
export const orders = {
  pause: (_what, origin, deps) => control({ type: 'paused' }, true, origin, deps),
  resume: (_what, origin, deps) => control({ type: 'paused' }, false, origin, deps),
  async stop(what, { locale }, deps) {
    const task = await taskNamed(what, deps.store);
    return task ? cancel({ task, locale }, deps) : refused(messagesFor(locale).admin.noTask);
  },
  /** For whom it was, where it was: their limits and that chat's settings hold, and the clip comes there. */
  async retry(what, { requestKey, locale }, deps) {
    const words = messagesFor(locale).admin;
    const task = await taskNamed(what, deps.store);
    if (!task) return refused(words.noTask);
    if (!isOver(task)) return refused(messagesFor(locale).request.underWay);
    const parts = await partsAt(task.place, deps);
    const { requester, place } = task;
    const standing = isAsked(parts.chosen) ? await deps.standingIn?.(task) : undefined;
    if (isAsked(parts.chosen) && !standing) return refused(words.noStanding);
    const reply = await again({ requestKey, requester, place, locale: task.locale, standing, source: task }, parts);
    return reply.type === 'taken' ? done(words.retried(task.requester.name)) : reply;
  },
  block: (what, origin, deps) => blocked(what, true, origin, deps),
  unblock: (what, origin, deps) => blocked(what, false, origin, deps),
  refuse: (what, origin, deps) => refusedWords(what, true, origin, deps),
  allow: (what, origin, deps) => refusedWords(what, false, origin, deps),
  park: (what, origin, deps) => parked(what, true, origin, deps),
  free: (what, origin, deps) => parked(what, false, origin, deps),
} as const satisfies Record<string, Order>;
export const ORDER_NAMES = [
  'pause',
  'resume',
  'stop',
  'retry',
  'block',
  'unblock',
  'refuse',
  'allow',
  'park',
  'free',
] as const satisfies readonly (keyof typeof orders)[];

/** Whether the chat asks who a person is there, or where they ask. */
const isAsked = ({ roles, channels }: ChosenSettings = {}): boolean => roles !== undefined || channels !== undefined;

async function control(
  about: Control,
  isOn: boolean,
  { requester: { id, name }, locale }: RequestOrigin,
  { store }: CommandDeps,
): Promise<Reply> {
  const words = messagesFor(locale).admin;
  const isSet = await setControl({ control: about, isOn, by: { id, name } }, store);
  if (!isSet) return refused(words.tooMany);
  const said = words[about.type][isOn ? 'on' : 'off'];
  return done(typeof said === 'string' ? said : said('what' in about ? about.what : ''));
}

async function blocked(what: string, isOn: boolean, origin: RequestOrigin, deps: CommandDeps): Promise<Reply> {
  const person = await personNamed(what, origin, deps);
  if (person === undefined) return refused(messagesFor(origin.locale).admin.noPerson);
  return control({ type: 'blocked', what: person }, isOn, origin, deps);
}

function refusedWords(what: string, isOn: boolean, origin: RequestOrigin, deps: CommandDeps): Promise<Reply> {
  const word = refusedWord(what);
  if (word === '' || word.length > MAX_WORD)
    return Promise.resolve(refused(messagesFor(origin.locale).admin.noWord(MAX_WORD)));
  return control({ type: 'refused', what: word }, isOn, origin, deps);
}

/** A parked key is tried again after a day, or once it is freed. */
async function parked(what: string, isOn: boolean, { locale }: RequestOrigin, deps: CommandDeps): Promise<Reply> {
  const { store } = deps;
  const words = messagesFor(locale).admin;
  const found = keysOf(deps).filter(({ key }) => what.length >= 4 && key.startsWith(what.toLowerCase()));
  const [only] = found;
  if (!only || found.length > 1) return refused(words.noKey);
  const name = parkingName(only.provider, only.key);
  if (isOn) await store.cooldowns.park(name, DAY_MS, 'owner');
  else await store.cooldowns.end(name);
  return done(isOn ? words.keyParked(only.key) : words.keyFreed(only.key));
}

const keysOf = ({ provider, providers = [provider] }: CommandDeps): { provider: Provider; key: string }[] =>
  providers.flatMap((each) => (each.keys ?? []).map((key) => ({ provider: each, key })));

/** `discord:123`, a number or mention on this platform, or who asked for a task. */
async function personNamed(what: string, { place }: RequestOrigin, deps: CommandDeps): Promise<string | undefined> {
  // A number is a person's, though an id may end so; but six digits are how a task is told of.
  const task = /^(\d{1,5}|\d{7,20})$/.test(what) ? undefined : await taskNamed(what, deps.store);
  if (task) return personOf(task.requester);
  const [, platform] = /^([a-z]+):[\w-]{1,40}$/.exec(what) ?? [];
  if (platform !== undefined) return (deps.platforms?.includes(platform) ?? true) ? what : undefined;
  const [, number] = /^(?:<@!?)?(\d{1,20})>?$/.exec(what) ?? [];
  return number === undefined ? undefined : `${serviceOf(place.platform)}:${number}`;
}
