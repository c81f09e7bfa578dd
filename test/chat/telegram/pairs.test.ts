import type { Message } from 'grammy/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { ReceiveDeps } from '../../../src/chat/telegram/receive/deps.ts';
import type { PictureIntent } from '../../../src/chat/telegram/receive/incoming.ts';
import { createOnceSaid } from '../../../src/chat/telegram/receive/once-said.ts';
import { createQuestions, type Question } from '../../../src/chat/telegram/receive/questions.ts';
import { awaitSecond, awaitsSecond, pairIn, takeSecond } from '../../../src/chat/telegram/receive/two-pictures.ts';
import { createRig, type Rig, scriptedProvider } from '../../helpers/rig.ts';

const takes = scriptedProvider({ lastFrame: true });
const takesForFree = scriptedProvider({ lastFrame: true, paid: false });
const takesNone = scriptedProvider();
const requester = { id: 'telegram:1', name: 'Ada' };
const channel = { id: 'telegram:-100', name: 'Ada’s' };

const offered = commands.map((each) => each.offeredBy(takes));
const found = offered.find(({ name }) => name === 'animate');
if (!found) throw new Error('no such command');
const command = found;
const picture = (ref: string, type = 'image/jpeg') => ({ ref, declared: { type } });
const intent = (about: Partial<PictureIntent>): PictureIntent => ({
  type: 'picture',
  command,
  picture: picture('own'),
  answers: 3,
  words: '',
  isNamed: true,
  ...about,
});
const message = (id: number): Message =>
  // Only what is read is there.
  ({ message_id: id, date: 1, chat: { id: 5, type: 'private', first_name: 'Ada' } }) as Message;

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ provider: takes });
});
afterAll(() => rig.close());

const replied = picture('theirs');
test.each([
  ['a film', { replied: picture('theirs', 'video/mp4'), text: 'the sun sets' }, takesForFree, undefined],
  ['a document', { replied: picture('theirs', 'application/zip'), text: 'from day to night' }, takes, undefined],
  ['a photo, where that is free', { replied, text: 'the sun sets' }, takesForFree, true],
  ['a photo, where that costs something', { replied, text: 'the sun sets' }, takes, true],
  ['a photo, without words', { replied, text: '' }, takes, undefined],
  ['a photo, for who cannot be asked', { replied, text: 'the sun sets', by: channel }, takes, undefined],
  ['a photo, with words for two', { replied, text: 'from day to night' }, takes, false],
  ['a photo, where no second one is taken', { replied, text: 'the sun sets' }, takesNone, undefined],
])('a photo that answers %s', (_what, { replied, text, by = requester }: Answering, provider, isGuess) => {
  expect(pairIn(intent({ replied }), { text, given: {} }, { requester: by, provider })?.isGuess).toBe(isGuess);
});
type Answering = { replied: ReturnType<typeof picture>; text: string; by?: typeof requester };

test.each([
  ['day → night', takes, requester, true],
  // Refused in words: an arrow is no scene.
  ['day → night', takesNone, requester, true],
  ['from left to right the train passes', takes, requester, true],
  ['from left to right the train passes', takes, channel, false],
  ['С неба падает снег на деревья', takesNone, requester, false],
  ['waves roll in', takes, requester, false],
])('"%s" beside an album awaits its second picture only where it may mean that', (text, provider, by, awaits) => {
  expect(awaitsSecond(intent({ album: 'a' }), { text, given: {} }, { requester: by, provider })).toBe(awaits);
});

const questionOf = (album: string, words: string): Extract<Question, { type: 'picture' }> => ({
  type: 'picture',
  requestKey: `telegram:5:album:${album}`,
  person: requester.id,
  place: { platform: 'telegram', chat: '5', message: '3' },
  given: {},
  words,
  command: command.name,
  album,
  picture: picture('first'),
});

test('a second picture that has not come when the program stops is awaited by the next', async () => {
  const questions = createQuestions({ platform: 'telegram', store: rig.store });
  const ending = new AbortController();
  const said: unknown[] = [];
  const answers = {
    later: async (work: () => Promise<unknown>) => void (await work()),
    say: async (...line: unknown[]) => void said.push(line),
  };
  const clock = { now: () => 0, sleep: async () => ending.abort() };
  const question = questionOf('stopped', 'day → night');
  const incoming = { message: message(3), requester, locale: 'en', isEdited: false };
  await awaitSecond(incoming, question, { questions, answers, clock, ending: ending.signal });
  expect(said).toEqual([]);
  expect(await questions.find(question.requestKey)).toMatchObject({ awaitsLast: true });
});

test('a second picture counts once more where the program was ended between its two writes, and is said back', async () => {
  const questions = createQuestions({ platform: 'telegram', store: rig.store });
  const onceSaid = createOnceSaid({ platform: 'telegram', store: rig.store });
  const posted: string[] = [];
  const answers = {
    later: (work: () => Promise<unknown>) => work(),
    post: async (_to: unknown, { text }: { text: string }) => {
      posted.push(text);
      return { chat: '5', message: 9 };
    },
  };
  const deps = {
    ...rig,
    platform: 'telegram',
    commands: offered,
    questions,
    onceSaid,
    answers,
    confirms: false,
  } as unknown as ReceiveDeps;
  const killed = { ...deps, onceSaid: { ...onceSaid, begin: () => Promise.reject(new Error('killed')) } };
  const question = { ...questionOf('killed', 'from day to night'), awaitsLast: true };
  await questions.open(question);
  await onceSaid.begin('5', 'killed', 3);
  const incoming = { message: message(4), requester, locale: 'en', isEdited: false };
  const second = { album: 'killed', picture: picture('second') };
  await expect(takeSecond(incoming, second, killed)).rejects.toThrow('killed');
  expect(await takeSecond(incoming, second, deps)).toBe(true);
  expect(posted).toEqual([
    expect.stringMatching(/^Shall I make this\?.*\nfrom day to night\nends on a second picture$/s),
  ]);
  expect(await questions.find(question.requestKey)).toMatchObject({
    picture: { ref: 'first' },
    given: { last: { ref: 'second' } },
  });
});
