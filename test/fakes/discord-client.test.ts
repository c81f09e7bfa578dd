import { once } from 'node:events';
import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  Routes,
} from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { type FakeDiscord, startDiscord } from './discord/discord.ts';
import { CANCEL_CARD, COMMANDS, SMALL_PNG } from './discord-scenery.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A real client, logged in, and what it is asked. */
async function login(discord: FakeDiscord, shardCount = 1): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: { api: discord.api, retries: 0 },
    shardCount,
  });
  closers.push(() => client.destroy());
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  if (!client.isReady()) throw new Error('not ready');
  await client.rest.put(Routes.applicationCommands(client.application.id), { body: COMMANDS });
  return client;
}

async function stage() {
  const discord = await startDiscord();
  closers.push(discord.close);
  const guild = discord.guild({ locale: 'de' });
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann', locale: 'fr' });
  discord.join(guild, ann);
  return { discord, guild, channel, ann };
}

const nextInteraction = async (client: Client): Promise<Interaction> => {
  const [interaction]: Interaction[] = await once(client, Events.InteractionCreate);
  if (!interaction) throw new Error('no interaction');
  return interaction;
};

async function slashed(client: Client): Promise<ChatInputCommandInteraction> {
  const interaction = await nextInteraction(client);
  if (!interaction.isChatInputCommand()) throw new Error('no slash command');
  return interaction;
}

test('a real client logs in, answers in private, posts a card once, opens a thread and sends a file', async () => {
  const { discord, guild, channel, ann } = await stage();
  const client = await login(discord);
  await discord.ready();
  expect(client.guilds.cache.get(guild.id)?.channels.cache.has(channel.id)).toBe(true);

  const heard = slashed(client);
  const deed = discord.slash({
    ...{ user: ann, channel, command: 'animate', options: { scene: 'waves' } },
    attachment: { bytes: SMALL_PNG, name: 'cat.png', content_type: 'image/png', width: 1, height: 1 },
  });
  const interaction = await heard;
  expect([interaction.locale, interaction.guildLocale, interaction.user.username]).toEqual(['fr', 'de', 'ann']);
  expect(interaction.options.getString('scene')).toBe('waves');
  expect(interaction.appPermissions.has('SendMessagesInThreads')).toBe(true);
  expect(interaction.attachmentSizeLimit).toBe(20 * 1024 * 1024);
  const picture = interaction.options.getAttachment('picture', true);
  expect([picture.contentType, picture.width, picture.size]).toEqual(['image/png', 1, SMALL_PNG.length]);
  expect(picture.url.startsWith(`${discord.cdn}/`)).toBe(true);
  const fetched = await fetch(picture.url);
  expect(Buffer.from(await fetched.arrayBuffer()).equals(SMALL_PNG)).toBe(true);

  const reply = await interaction.reply({ content: 'taken', flags: MessageFlags.Ephemeral, withResponse: true });
  expect(reply.resource?.message?.content).toBe('taken');
  const ack = await deed.acknowledged();
  expect(ack.isEphemeral).toBe(true);
  expect(ack.latencyMs).toBeLessThan(3000);

  const body = { ...CANCEL_CARD, nonce: 'abcdefabcdefabcdefabcdefc', enforce_nonce: true };
  const post = () => client.rest.post(Routes.channelMessages(channel.id), { body }) as Promise<{ id: string }>;
  const [first, second] = [await post(), await post()];
  expect(second.id).toBe(first.id);

  const route = Routes.threads(channel.id, first.id);
  const thread = (await client.rest.post(route, { body: { name: 'waves', auto_archive_duration: 1440 } })) as {
    id: string;
  };
  expect(thread.id).toBe(first.id);
  const bytes = Buffer.from('this stands for a clip');
  await client.rest.post(Routes.channelMessages(thread.id), {
    body: {
      content: `<@${ann.id}>`,
      allowed_mentions: { users: [ann.id] },
      attachments: [{ id: '0', filename: 'clip.mp4' }],
    },
    files: [{ data: bytes, name: 'clip.mp4', contentType: 'video/mp4' }],
  });
  const [clip] = discord.messages(thread);
  expect(clip?.attachments[0]?.bytes.equals(bytes)).toBe(true);
  const report = discord.report();
  expect(report.pings).toEqual([{ id: clip?.id, channelId: thread.id, who: ann.id }]);
  expect(report.unguarded).toEqual([]);
  expect(report.commandPuts).toBe(1);

  const pressed = nextInteraction(client);
  const press = discord.press(
    ann,
    clip && discord.message(first.id) ? card(discord, first.id) : card(discord, ''),
    'Cancel',
  );
  const button = await pressed;
  if (!button.isButton()) throw new Error('no button');
  expect([button.customId, button.message.id]).toEqual(['cancel:1', first.id]);
  await button.deferUpdate();
  expect((await press.acknowledged()).messageId).toBe(first.id);
});

function card(discord: FakeDiscord, id: string) {
  const message = discord.message(id);
  if (!message) throw new Error('no such message');
  return message;
}
