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
  const press = discord.press(ann, discord.at.message(first.id), 'Cancel');
  const button = await pressed;
  if (!button.isButton()) throw new Error('no button');
  expect([button.customId, button.message.id]).toEqual(['cancel:1', first.id]);
  await button.deferUpdate();
  expect((await press.acknowledged()).messageId).toBe(first.id);
});

test('a dropped socket is resumed and what was missed is replayed; a forgotten session starts anew', async () => {
  const { discord, channel, ann } = await stage();
  const client = await login(discord);
  const heard = slashed(client);
  discord.gateway.drop();
  const deed = discord.slash({
    ...{ user: ann, channel, command: 'animate', options: { scene: 'waves' } },
    attachment: { bytes: SMALL_PNG, name: 'cat.png' },
  });
  await (await heard).reply({ content: 'taken', flags: MessageFlags.Ephemeral });
  await deed.acknowledged();
  expect(discord.report().gateway).toMatchObject({ connected: 1, identifies: 1, resumes: 1 });

  const again = once(client, Events.ShardReady);
  discord.gateway.forget();
  await again;
  expect(discord.report().gateway).toMatchObject({ connected: 1, identifies: 2, resumes: 1 });
});

test('two clients of one bot both hear an interaction, and the second answer is refused with 40060', async () => {
  const { discord, channel, ann } = await stage();
  const clients = [await login(discord), await login(discord)];
  const heard = Promise.all(clients.map(slashed));
  discord.slash({
    ...{ user: ann, channel, command: 'animate', options: { scene: 'waves' } },
    attachment: { bytes: SMALL_PNG, name: 'cat.png' },
  });
  const [first, second] = await heard;
  await first?.reply({ content: 'taken', flags: MessageFlags.Ephemeral });
  await expect(second?.reply({ content: 'taken', flags: MessageFlags.Ephemeral })).rejects.toMatchObject({
    code: 40060,
  });
});

test('a server is heard of on its own shard only', async () => {
  const { discord, guild, channel, ann } = await stage();
  const client = await login(discord, 2);
  expect(discord.gateway.connected()).toBe(2);
  const heard = slashed(client);
  discord.slash({
    ...{ user: ann, channel, command: 'animate', options: { scene: 'waves' } },
    attachment: { bytes: SMALL_PNG, name: 'cat.png' },
  });
  expect((await heard).guild?.shardId).toBe(Number((BigInt(guild.id) >> 22n) % 2n));
  expect(discord.report().interactions).toHaveLength(1);
});

test('a modal is shown, filled in and answered, in both shapes that modals have', async () => {
  const { discord, channel, ann } = await stage();
  const client = await login(discord);
  const body = { ...CANCEL_CARD };
  const card = (await client.rest.post(Routes.channelMessages(channel.id), { body })) as { id: string };
  const input = { type: 4, custom_id: 'scene', style: 2, min_length: 3, max_length: 500 };
  const modal = {
    custom_id: 'edit:1',
    title: 'Edit',
    components: [
      { type: 18, label: 'Scene', component: input },
      { type: 1, components: [{ ...input, custom_id: 'other', label: 'Other', required: false }] },
    ],
  };
  const pressed = nextInteraction(client);
  const press = discord.press(ann, discord.at.message(card.id), 'cancel:1');
  const button = await pressed;
  if (!button.isButton()) throw new Error('no button');
  await button.showModal(modal);
  await expect(discord.submit(press, { scene: 'ab' })).rejects.toThrow('too short');
  await expect(discord.submit(press, { nothing: 'abc' })).rejects.toThrow('no field nothing');

  const sent = nextInteraction(client);
  const submitted = await discord.submit(press, { scene: 'higher waves' });
  const filled = await sent;
  if (!filled.isModalSubmit() || !filled.isFromMessage()) throw new Error('no modal of a message');
  expect([filled.customId, filled.fields.getTextInputValue('scene')]).toEqual(['edit:1', 'higher waves']);
  await filled.update({ components: [{ type: 10, content: 'Changed' }], flags: MessageFlags.IsComponentsV2 });
  expect((await submitted.acknowledged()).messageId).toBe(card.id);
  expect(() => discord.press(ann, discord.at.message(card.id), 'Cancel')).toThrow('no Cancel on this message');
});

test("a message's menu hands over its pictures, embeds and what was forwarded", async () => {
  const { discord, channel, ann } = await stage();
  const client = await login(discord);
  const upload = { name: 'cat.png', type: 'image/png', bytes: SMALL_PNG };
  const original = discord.says(ann, channel, { content: 'look', attachments: [discord.file(channel, upload)] });
  const forward = discord.says(ann, channel, {
    forwarded: original,
    embeds: [{ type: 'image', image: discord.embedded({ bytes: SMALL_PNG, name: 'dog.png' }) }],
  });
  const heard = nextInteraction(client);
  discord.menu({ user: ann, message: forward, command: 'Animate' });
  const menu = await heard;
  if (!menu.isMessageContextMenuCommand()) throw new Error('no menu');
  expect(menu.targetMessage.messageSnapshots.first()?.attachments.first()).toMatchObject({ name: 'cat.png', width: 1 });
  const proxy = menu.targetMessage.embeds[0]?.image?.proxyURL ?? '';
  expect((await fetch(proxy)).status).toBe(200);
});

test('a direct message works like a channel of its own', async () => {
  const { discord, ann } = await stage();
  const client = await login(discord);
  const heard = slashed(client);
  const deed = discord.slash({
    ...{ user: ann, channel: discord.dm(ann), command: 'animate', options: { scene: 'waves' } },
    attachment: { bytes: SMALL_PNG, name: 'cat.png' },
  });
  const interaction = await heard;
  expect([interaction.inGuild(), interaction.user.id, interaction.context]).toEqual([false, ann.id, 1]);
  await interaction.deferReply();
  await interaction.editReply({ content: 'here', files: [{ attachment: Buffer.from('clip'), name: 'clip.mp4' }] });
  expect((await deed.answer()).attachments[0]?.filename).toBe('clip.mp4');
  ann.refusesDms = 50007;
  const dm = await client.rest.post(Routes.userChannels(), { body: { recipient_id: ann.id } });
  const { id } = dm as { id: string };
  const sent = client.rest.post(Routes.channelMessages(id), { body: { content: 'hello' } });
  await expect(sent).rejects.toMatchObject({ code: 50007, status: 403 });
});
