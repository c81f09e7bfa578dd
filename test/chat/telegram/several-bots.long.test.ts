import { afterEach, expect, test } from 'vitest';
import type { RunningBot } from '../../helpers/bot.ts';
import { A, accepted, B, clipsIn, said, startSeveralBots, untilClips } from '../../helpers/several-bots.ts';
import { wordsOf } from '../../helpers/telegram.ts';

let stage: Awaited<ReturnType<typeof startSeveralBots>> | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});
const open = async () => {
  stage = await startSeveralBots();
  return stage;
};

test('several bots of one program: each answers where it was asked, also after a restart, and a person’s limits count once', async () => {
  const { a, b, forAll, heardByAll, provider, start, photo } = await open();
  const ada = forAll((people) => people.user({ name: 'Ada', started: true }));
  const group = forAll((people) => people.supergroup({ members: [ada] }));
  const may = { ALLOW: `telegram:${ada.id},telegram:${group.id}`, OWNER: `telegram:${ada.id}`, DAILY_PER_PERSON: '8' };
  let rendering = 0;
  let bot = await start(may, (line) => {
    if (line.includes('"to":"rendering"')) rendering++;
  });

  // In private chats each bot counts messages from the same number.
  await a.people.sendPhoto({ from: ada, bytes: photo, caption: 'of the first' });
  await b.people.sendPhoto({ from: ada, bytes: photo, caption: 'of the second' });
  const first = await untilClips(a, ada, 1);
  const second = await untilClips(b, ada, 1);
  expect([first, second].map((clip) => wordsOf(clip).split('\n')[0])).toEqual(['of the first', 'of the second']);
  expect(await Promise.all([a.people.press(first, '⭐'), b.people.press(second, '⭐')])).toHaveLength(2);

  // In a group that both are in the one that is called answers; what is said to no one in particular is one request.
  await b.people.sendPhoto({ from: ada, chat: group, bytes: photo, caption: `/animate@${B.username} called` });
  expect(wordsOf(await untilClips(b, group, 1))).toMatch(/^called/);
  await heardByAll(group, (people) =>
    people.sendPhoto({ from: ada, chat: group, bytes: photo, caption: '/animate said to both' }),
  );
  await Promise.race([untilClips(a, group, 1), untilClips(b, group, 2)]);
  expect(clipsIn(a, group).length + clipsIn(b, group).length).toBe(2);
  // The same where each of them numbers its messages; and where words are missing, one asks for them.
  const small = forAll((people) => people.group({ members: [ada] }));
  const toAll = (chat: { id: number }, caption: string) =>
    heardByAll(chat, (people) => people.sendPhoto({ from: ada, chat, bytes: photo, caption }));
  await toAll(small, '/animate in a small group');
  await Promise.race([a, b].map((tg) => untilClips(tg, small, 1)));
  // Behind the command, as people write it who do not know of `/animate@second_bot`.
  const ofSecond = clipsIn(b, small).length;
  await toAll(small, `/animate @${B.username} by its name`);
  await untilClips(b, small, ofSecond + 1);
  await toAll(small, '/animate');
  await toAll(group, '/animate');
  const asked = (chat: { id: number }) =>
    [a, b].flatMap((tg) => said(tg, chat).filter((message) => /What should happen/.test(wordsOf(message))));
  for (const chat of [small, group]) await Promise.race([a, b].map((tg) => tg.until(() => asked(chat).length > 0)));
  expect(accepted(provider)).toEqual([
    'by its name',
    'called',
    'in a small group',
    'of the first',
    'of the second',
    'said to both',
  ]);

  // Another process takes on what a killed one began, by the right bot; its order among the tokens does not matter.
  await a.people.sendPhoto({ from: ada, bytes: photo, caption: 'begun' });
  await b.people.sendPhoto({ from: ada, bytes: photo, caption: 'begun, too' });
  await expect.poll(() => rendering, { timeout: 20_000 }).toBe(8);
  await bot.stop('SIGKILL');
  bot = await start({ ...may, TELEGRAM_TOKEN: '', TELEGRAM_TOKENS: `${B.token}\n${A.token}` });
  expect(wordsOf(await untilClips(a, ada, 2))).toMatch(/^begun\n/);
  expect(wordsOf(await untilClips(b, ada, 2))).toMatch(/^begun, too\n/);

  // What a person may have in a day is had once, with whichever bot.
  for (const tg of [a, b]) {
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'one too many' });
    await tg.until(() => said(tg, ada).find((message) => /8 clips/.test(wordsOf(message))));
  }

  // By now whoever did not take what was said to both has done much else.
  for (const chat of [small, group]) expect(asked(chat)).toHaveLength(1);
  expect([...clipsIn(a, small), ...clipsIn(b, small)]).toHaveLength(2);
  expect(accepted(provider)).toHaveLength(8);

  // A clip of the first, shown by the second: files have other ids there, and it is uploaded once more.
  b.people.sendText({ from: ada, text: '/show of the first' });
  const shown = await untilClips(b, ada, 3);
  expect(wordsOf(shown)).toMatch(/^of the first/);
  const offered = await b.people.inlineQuery({ from: ada, query: '' });
  expect(offered.results.length).toBeGreaterThan(0);
  await b.people.press(shown, 'Delete');
  await untilClips(b, ada, 2);
  await untilClips(a, ada, 2);

  // All that is a person's goes by its own bot.
  a.people.sendText({ from: ada, text: '/forget' });
  const question = await a.until(() => said(a, ada).find((message) => /forget everything/.test(wordsOf(message))));
  await a.people.press(question, 'Forget me');
  for (const tg of [a, b])
    for (const chat of [ada, group]) await tg.until(() => clipsIn(tg, chat).length === 0, { what: 'all is gone' });

  expect([a, b].map((tg) => tg.report().tokenLeaks)).toEqual([[], []]);
  // Neither a file nor a chat of another's was named; what is done already may be done again after a kill.
  const isDone = ({ why = '' }: { why?: string }) => /message is not modified|message to delete not found/.test(why);
  const refused = [a, b].flatMap((tg) => tg.report().refused.filter((call) => !isDone(call)));
  expect(refused.map(({ method, why }) => `${method}: ${why}`)).toEqual([]);
  const { stdout, stderr } = await bot.stop('SIGTERM');
  for (const { username } of [A, B]) expect(stdout).toMatch(new RegExp(`Telegram {2}connected as @${username}\\.`));
  for (const { token } of [A, B]) expect(stdout + stderr).not.toContain(token.split(':')[1]);
});

test('one token that is no bot’s stops no other bot, and a token that is not set any more no other bot’s tasks', async () => {
  const { a, b, forAll, start, photo } = await open();
  const ada = forAll((people) => people.user({ started: true }));
  const ready = async ({ url }: RunningBot): Promise<unknown> => (await fetch(`${url}/readyz`)).json();
  const bad = await start({ ALLOW: '*', TELEGRAM_TOKENS: B.token.replace('Second', 'Wrong') });
  await a.people.sendPhoto({ from: ada, bytes: photo, caption: 'all the same' });
  await untilClips(a, ada, 1);
  const why = 'Telegram does not know bot 5550002222 of TELEGRAM_TOKENS (any more).';
  expect(await ready(bad)).toMatchObject({ ready: true, platforms: expect.stringContaining(why) });
  const { stderr } = await bad.stop('SIGTERM');
  expect(stderr).toContain(why);

  const both = await start({ ALLOW: '*' });
  await b.until(() => b.polling());
  await both.stop('SIGTERM');
  // Told while none runs, put on record by one that is stopped before it is made.
  await b.people.sendPhoto({ from: ada, bytes: photo, caption: 'left behind' });
  b.misbehave('getFile', ...Array.from({ length: 20 }, () => ({ how: 'status' as const, status: 502 })));
  const again = await start({ ALLOW: '*' });
  await b.until(() => said(b, ada).length > 0);
  await again.stop('SIGKILL');
  let told = (_line: string): void => {};
  const waits = new Promise<string>((resolve) => {
    told = (line) => line.includes('tasks wait for what is not set up here') && resolve(line);
  });
  await start({ ALLOW: '*', TELEGRAM_TOKENS: '' }, (line) => told(line));
  await a.people.sendPhoto({ from: ada, bytes: photo, caption: 'goes on' });
  await untilClips(a, ada, 2);
  expect(await waits).toContain('telegram-5550002222');
});
