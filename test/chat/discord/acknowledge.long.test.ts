import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import type { Fault } from '../../fakes/misbehave.ts';
import { type DiscordStage, discordStage, isClip } from '../../helpers/discord.ts';
import { discordGateways } from '../../helpers/discord-gateways.ts';
import { tinyPng } from '../../helpers/pictures.ts';

const TAKEN = 'Got it. Progress shows below.';
const UNREAD: Fault = { how: 'reset', when: 'unread' };
const ANSWER_LOST: Fault = { how: 'reset', when: 'worked' };

let close: () => Promise<void>;
afterEach(() => close());

async function staged(options: Parameters<typeof discordStage>[0] = {}): Promise<DiscordStage> {
  const stage = await discordStage(options);
  close = stage.close;
  return stage;
}

async function gateways(options: Parameters<typeof discordGateways>[0]) {
  const at = await discordGateways(options);
  close = at.close;
  await at.listen();
  return at;
}

describe('the connection breaks over an acknowledgement: it is given once more, within the three seconds', () => {
  test.each<[string, Fault, number[]]>([
    ['reset before it was read', UNREAD, []],
    ['reset after it was read', { how: 'reset', when: 'read' }, []],
    ['it arrived, and its answer is lost', ANSWER_LOST, [40060]],
    ['closed without an answer', { how: 'hangup' }, []],
    ['it arrived, and the connection was closed', { how: 'hangup', worked: true }, [40060]],
    ['nothing comes back', { how: 'silence' }, []],
    ['it arrived, and nothing comes back', { how: 'silence', worked: true }, [40060]],
    ['Discord is broken', { how: 'status', status: 502 }, []],
  ])('%s', async (_what, fault, refused) => {
    const { discord, animate, card, delivered, service } = await staged();
    discord.misbehave('callback', fault);
    const deed = await animate();
    expect((await deed.answer()).content).toBe(TAKEN);
    await delivered(await card());
    expect(discord.clips().filter(isClip)).toHaveLength(1);
    expect(service.report().accepted).toHaveLength(1);
    // The clip may be there before an answer was waited for in silence.
    await discord.until(() => discord.report().requests.filter(({ route }) => route === 'callback').length === 2);
    await discord.until(() => deed.interaction.refused.length === refused.length);
    expect(deed.interaction.refused).toEqual(refused);
  });

  test('a form is opened once', async () => {
    const { discord, channel, ann } = await staged();
    const file = discord.file(channel, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' });
    const message = discord.says(ann, channel, { attachments: [file] });
    discord.misbehave('callback', UNREAD);
    const form = discord.menu({ user: ann, message, command: 'Animate this picture' });
    const sent = await discord.submit(form, { scene: 'slow zoom' });
    expect((await sent.answer()).content).toBe(TAKEN);
  });
});

test('an acknowledgement that breaks off and is too late then takes the request back', async () => {
  const stage = await staged({ schedule: 'manual' });
  const { discord } = stage;
  discord.misbehave('callback', UNREAD);
  const deed = await stage.animate();
  discord.advance(4_000);
  await discord.until(() => deed.interaction.refused.includes(10062));
  await expect.poll(() => stage.log(), { timeout: 20_000 }).toContain('the acknowledgement came too late');
  await stage.stop();
  expect(await stage.tasks()).toMatchObject([{ requests: { cancel: expect.anything() } }]);
});

test('the answer is completed where the first word arrived, and its answer is lost', async () => {
  const late = () => new Promise((resolve) => setTimeout(resolve, 2_000));
  const storeOf = (store: Store): Store => ({
    ...store,
    tasks: { ...store.tasks, insert: (task) => late().then(() => store.tasks.insert(task)) },
  });
  const { discord, channel, ann } = await gateways({ storeOf });
  discord.misbehave('callback', ANSWER_LOST);
  const attachment = { bytes: await tinyPng(), name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };
  const deed = discord.slash({ user: ann, channel, command: 'animate', options: { scene: 'waves' }, attachment });
  const answer = await deed.answer();
  expect(answer.content).not.toBe(TAKEN);
  await discord.until(() => answer.content === TAKEN);
  expect(deed.interaction.refused).toEqual([40060]);
});

test('of two gateways, whose answers both break off once, the person is told once', async () => {
  const { discord, channel, ann, tasks, lines } = await gateways({ count: 2 });
  discord.misbehave('callback', ANSWER_LOST, ANSWER_LOST);
  const attachment = { bytes: await tinyPng(), name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };
  const deed = discord.slash({ user: ann, channel, command: 'animate', options: { scene: 'waves' }, attachment });
  expect((await deed.answer()).content).toBe(TAKEN);
  await discord.until(() => deed.interaction.refused.length === 3);
  expect(await tasks()).toHaveLength(1);
  expect(discord.messages(channel).filter(({ content }) => content === TAKEN)).toHaveLength(1);
  expect(lines).toEqual([]);
});
