import { briefly, listedShortly } from '../shared.ts';
import { counted, countedClips, countedCredits, number, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join(', ');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line} and ${more} more`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id} “${briefly(scene)}” for ${person}`;

const STEPS = { waiting: 'waiting', rendering: 'rendering', delivering: 'delivering' } as const;

interface Week {
  clips: number;
  failed: number;
  people: number;
  credits: number;
}
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)} for ${counted(people, { one: 'person', other: 'people' })}, ${countedCredits(credits)} spent, ${number(failed)} failed`;

/** What those who run the bot read, and nobody else. */
export const admin = {
  notYours: 'I do not know this command. Say /help to see those that I know.',
  today: (o: {
    asked: number;
    isMore: boolean;
    delivered: number;
    failed: number;
    cancelled: number;
    underWay: number;
  }): string =>
    `Today (UTC): ${o.isMore ? 'more than ' : ''}${countedClips(o.asked)} asked for, ${o.delivered} delivered, ${o.failed} failed, ${o.cancelled} cancelled, ${o.underWay} under way`,
  spent: ({ credits, budget }: { credits: number; budget?: number }): string =>
    `Spent or promised today: ${countedCredits(credits)}${budget === undefined ? ', without a budget' : ` of ${budget}`}`,
  failures: (classes: readonly { type: string; count: number }[]): string =>
    classes.length === 0 ? '' : `Failures: ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps: readonly { step: keyof typeof STEPS; ms: number; id: string }[]): string =>
    steps.length === 0
      ? ''
      : `Slowest: ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)} (${id})`))}`,
  oldest: (tasks: readonly Parameters<typeof brief>[0][]): string =>
    tasks.length === 0 ? '' : `Under way, the oldest: ${listed(tasks.map(brief))}`,
  lastFailed: (tasks: readonly Parameters<typeof brief>[0][]): string =>
    tasks.length === 0 ? '' : `Failed last: ${listed(tasks.map(brief))}`,
  waits: (o: { queued: number; doubtful: number; ready: number }): string =>
    `Waiting: ${o.queued} to begin, ${o.ready} to be sent, ${o.doubtful} for a person’s word`,
  key: (o: { provider: string; name: string; reason?: string; leftMs?: number }): string =>
    `Key ${o.name} (${o.provider}): ${o.leftMs === undefined ? 'in use' : `left alone for ${span(o.leftMs)} (${o.reason})`}`,
  isPaused: 'Paused: nothing new is begun. /admin resume goes on.',
  lists: ({ blocked, refused }: { blocked: readonly string[]; refused: readonly string[] }): string =>
    [
      ...(blocked.length > 0 ? [`Blocked: ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`Refused words: ${someOf(refused)}`] : []),
    ].join('\n'),
  /** After a few of several lines. */
  moreKeys: (n: number): string => (n === 1 ? 'and 1 more key' : `and ${n} more keys`),
  moreChanges: (n: number): string => (n === 1 ? 'and 1 earlier change' : `and ${n} earlier changes`),
  changed: (o: { who: string; what: string; isOn: boolean; agoMs: number }): string =>
    `${o.who}: ${o.what} ${o.isOn ? 'on' : 'off'}, ${span(o.agoMs)} ago`,
  paused: {
    on: 'Paused: requests are taken and wait, and nothing new is begun. /admin resume goes on.',
    off: 'It goes on.',
  },
  blocked: {
    on: (person: string): string => `No clips are made for ${person} any more.`,
    off: (person: string): string => `${person} may ask for clips again.`,
  },
  refused: {
    on: (word: string): string => `Scenes with “${word}” are refused.`,
    off: (word: string): string => `Scenes with “${word}” are taken again.`,
  },
  tooMany: 'There are too many people and words on these lists already. Take some off first.',
  noTask: 'There is no such task. Give its id, or the end of it as /admin shows it.',
  retried: (name: string): string => `It is made once more for ${name}, and comes where it was asked for.`,
  noStanding:
    'The settings of its chat ask for roles or channels, and I cannot look those up there now. Try again in a moment.',
  noPerson: 'Name a person by platform and number, like discord:123456789012345678, or by the id of a task of theirs.',
  noWord: (most: number): string => `Give one word or phrase, of at most ${most} characters.`,
  noKey: 'There is no such key, or there are several. Give at least the first four characters that /admin shows of it.',
  keyParked: (key: string): string => `Key ${key} is left alone for a day, or until /admin free ${key}.`,
  keyFreed: (key: string): string => `Key ${key} is used again.`,

  /** In private, on Mondays. `people` had clips made, whatever became of them. */
  weekly: ({ week, before }: { week: Week; before?: Week }): string =>
    [
      `Your bot in the last seven days: ${weekInWords(week)}.`,
      ...(before ? [`In the seven days before: ${weekInWords(before)}.`] : []),
    ].join('\n'),

  inPrivate: 'Say it to me in private: others should not read the answer.',

  /** To a person who asks for clips. */
  blockedPerson: 'Those who run this bot make no clips for you. Ask them if you think that is a mistake.',
  refusedScene: 'Those who run this bot refuse some words, and this scene has one of them. Say it with others.',
};
