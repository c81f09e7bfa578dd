import { afterEach, expect, test } from 'vitest';
import { tinyPng } from '../../helpers/pictures.ts';
import { startTelegrams } from './several.ts';

let several: Awaited<ReturnType<typeof startTelegrams>> | undefined;
afterEach(() => several?.close());

test('several bots have one address, and each updates, files, a webhook and private chats of its own', async () => {
  const tokens = ['5550001111:AAFirstTokenOfTheStandIn-012345', '5550002222:AASecondTokenOfTheStandIn-01234'];
  several = await startTelegrams(tokens.map((token) => ({ token, privacy: false })));
  const { url, bots, forAll, heardByAll } = several;
  const call = async (token = '', method: string, fields: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(fields),
    });
    return (await answer.json()) as { ok: boolean; result?: unknown; description?: string };
  };
  const ada = forAll((people) => people.user());
  const group = forAll((people) => people.supergroup({ members: [ada] }));
  const bytes = await tinyPng();
  const heard = await heardByAll(group, (people) => people.sendPhoto({ from: ada, chat: group, bytes }));
  const [first, second] = heard.map(({ id, now }) => ({ id, file: now.photo?.[0]?.file_id }));
  expect(second?.id).toBe(first?.id);
  expect(await call(tokens[0], 'getFile', { file_id: first?.file })).toMatchObject({ ok: true });
  expect(await call(tokens[1], 'getFile', { file_id: first?.file })).toMatchObject({
    description: 'Bad Request: wrong file_id or the file is temporarily unavailable',
  });
  bots[1]?.people.sendText({ from: ada, text: 'for the second alone' });
  expect(bots.map((bot) => bot.updates().length)).toEqual([1, 2]);
  expect(await call(tokens[0], 'sendMessage', { chat_id: ada.id, text: 'who is this?' })).toMatchObject({
    description: "Forbidden: bot can't initiate conversation with a user",
  });

  const hook = { url: 'http://127.0.0.1:9/telegram/webhook', secret_token: 'a' };
  expect(await call(tokens[0], 'setWebhook', hook)).toMatchObject({ ok: true });
  expect(await call(tokens[0], 'setWebhook', hook)).toMatchObject({ description: 'Too Many Requests: retry after 1' });
  expect(await call(tokens[1], 'getWebhookInfo')).toMatchObject({ result: { url: '' } });
  expect(await call('5550003333:AANobodysTokenOfTheStandIn-0123', 'getMe')).toMatchObject({ ok: false });
});
