import { afterEach, describe, expect, test } from 'vitest';
import { spawnBot, startBot } from '../../helpers/bot.ts';
import { type DiscordStage, discordStage, isClip } from '../../helpers/discord.ts';

let stage: DiscordStage;
afterEach(() => stage.close());

describe('what Discord never takes ends the program in plain words', () => {
  async function ends(env: Record<string, string>): Promise<string> {
    const { ended, child } = spawnBot({ ...stage.settings, ...env });
    const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
    const { code, stderr } = await ended;
    clearTimeout(timer);
    expect(code).toBe(1);
    const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
    expect(said).toHaveLength(1);
    return said.join();
  }

  test('a wrong token', async () => {
    stage = await discordStage({ start: false });
    expect(await ends({ DISCORD_TOKEN: 'not.the.token' })).toContain('Discord does not take DISCORD_TOKEN.');
    // One call, and not again and again.
    expect(stage.discord.report().requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(1);
  });

  test('an intent that the bot may not have', async () => {
    stage = await discordStage({ start: false, discord: { gateway: { intents: 0 } } });
    expect(await ends({})).toContain('does not let this bot hear of servers');
  });

  test('a server for trying out that the bot is not in', async () => {
    stage = await discordStage({ start: false });
    expect(await ends({ DISCORD_GUILD_ID: '12345678901234567' })).toContain(
      'invite it there first, with https://discord.com/oauth2/authorize?client_id=',
    );
  });
});

test('the start says as whom it is there and how to invite it, and asks for as many shards as Discord wants', async () => {
  stage = await discordStage({ start: false, discord: { gateway: { shards: 2 } } });
  const { discord } = stage;
  await stage.start();
  expect(discord.gateway.connected()).toBe(2);
  const { stdout } = await stage.ended();
  expect(stdout).toContain('connected as Kinora#0001 in 1 server.');
  expect(stdout).toContain(
    `https://discord.com/oauth2/authorize?client_id=${discord.applicationId}&scope=bot+applications.commands&permissions=309237763072`,
  );
});

test('commands are told once: a second start changes nothing', async () => {
  stage = await discordStage();
  await stage.stop();
  await stage.start();
  expect(stage.discord.report().commandPuts).toBe(1);
});

test('in a server for trying out the commands are there alone, and told once, too', async () => {
  stage = await discordStage({ start: false });
  const { discord, guild, settings } = stage;
  settings.DISCORD_GUILD_ID = guild.id;
  await stage.start();
  await stage.stop();
  await stage.start();
  await stage.animate();
  await stage.delivered(await stage.card());
  expect(discord.report().commandPuts).toBe(1);
});

test('commands that were told elsewhere before are taken away: nobody sees them twice', async () => {
  stage = await discordStage({ start: false });
  const { discord, guild, settings } = stage;
  const other = discord.guild();
  const places = [guild.id, other.id, undefined];
  for (const id of places) {
    settings.DISCORD_GUILD_ID = id ?? '';
    await stage.start();
    await discord.until(() => places.every((each) => discord.commandsIn(each).length > 0 === (each === id)));
    await stage.stop();
  }
});

test('with DISCORD_REPLY=reply the clip is a reply to the card', async () => {
  stage = await discordStage({ env: { DISCORD_REPLY: 'reply' } });
  await stage.animate();
  const card = await stage.card();
  expect((await stage.clip(stage.channel)).replyTo).toBe(card.id);
});

test('a connection that breaks is taken up again: what was done meanwhile is heard', async () => {
  stage = await discordStage();
  const { discord } = stage;
  discord.gateway.drop();
  const deed = await stage.animate();
  await deed.acknowledged();
  await stage.card();
  expect(discord.report().gateway.resumes).toBe(1);
  discord.gateway.forget();
  await discord.until(() => discord.report().gateway.identifies === 2, 30_000);
  await discord.until(() => discord.gateway.connected() === 1, 20_000);
});

test.each([
  [4004, 'Discord does not take DISCORD_TOKEN.'],
  [4011, 'The bot is in too many servers for one connection'],
])(
  'a connection that ends for good (%s) while it runs ends the program, in words',
  async (code, words) => {
    stage = await discordStage();
    stage.discord.gateway.refuse(code);
    const ended = await stage.ended(false);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(words);
  },
  30_000,
);

test('a Discord that cannot be reached at the start holds up nothing else, and is tried until it can', async () => {
  stage = await discordStage({ start: false });
  const { discord } = stage;
  discord.storm({ seed: 1, chance: 1, faults: { gatewayBot: [{ how: 'status', status: 503 }] } });
  // It has introduced itself by then.
  const bot = await startBot(stage.settings);
  discord.storm(undefined);
  await discord.ready(60_000);
  await stage.animate();
  await stage.card();
  const { stdout } = await bot.stop();
  const [introduction = '', later] = stdout.split('Ctrl-C stops it');
  expect(introduction).toContain('Discord   configured, not reached yet; it is tried again and again.');
  expect(later).toContain('\n  Discord   connected as Kinora#0001 in 1 server.\n');
}, 90_000);

test('a Discord that never answers does not keep the program from stopping', async () => {
  stage = await discordStage({ start: false });
  stage.discord.misbehave('gatewayBot', ...Array.from({ length: 20 }, () => ({ how: 'silence' }) as const));
  const bot = await startBot(stage.settings);
  const since = Date.now();
  expect((await bot.stop()).code).toBe(0);
  expect(Date.now() - since).toBeLessThan(12_000);
}, 60_000);

test('an answer that comes too late takes the request back before anything is paid', async () => {
  stage = await discordStage({ schedule: { ms: 60_000 } });
  const { discord, service } = stage;
  discord.misbehave('cdn', ...Array.from({ length: 5 }, () => ({ how: 'status', status: 503 }) as const));
  discord.misbehave('callback', { how: 'status', status: 404, body: { code: 10062, message: 'Unknown interaction' } });
  await stage.animate();
  await expect.poll(() => stage.log(), { timeout: 20_000 }).toContain('"to":"cancelled"');
  expect(service.report().accepted).toEqual([]);
  await discord.until(() => stage.shown(stage.channel).length === 0, 20_000);
});

test('an answer that another process gave is nobody’s trouble', async () => {
  stage = await discordStage();
  const { discord, channel } = stage;
  discord.misbehave('callback', { how: 'status', status: 400, body: { code: 40060, message: 'Already acknowledged' } });
  await stage.animate();
  await stage.delivered(await stage.card());
  expect(discord.clips().filter(isClip)).toHaveLength(1);
  expect(stage.shown(channel)).toHaveLength(1);
  expect(stage.log()).not.toContain('came to nothing');
});
