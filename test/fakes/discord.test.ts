import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { type DiscordOptions, startDiscord } from './discord/discord.ts';
import { CANCEL_CARD, COMMANDS, caller, SMALL_PNG } from './discord-scenery.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const QUIET = { parse: [] };
const FAST = { others: { requests: 1000, perMs: 1000 }, global: 1000, routes: {} };
const many = { requests: 1000, perMs: 1000 };
const UNLIMITED = {
  ...FAST,
  routes: { createMessage: many, editMessage: many, listMessages: many, deleteMessage: many },
};

async function stage(options: DiscordOptions = {}) {
  const discord = await startDiscord({ rateLimits: UNLIMITED, ...options });
  closers.push(discord.close);
  const call = caller(discord);
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const send = (body: object, files?: Parameters<typeof call>[3], to = channel) =>
    call('POST', `/channels/${to.id}/messages`, { allowed_mentions: QUIET, ...body }, files);
  const edit = (id: string | undefined, body: object, at = channel) =>
    call('PATCH', `/channels/${at.id}/messages/${id}`, { allowed_mentions: QUIET, ...body });
  const open = (id: string | undefined, body: object = { name: 'clips' }, at = channel) =>
    call('POST', `/channels/${at.id}/messages/${id}/threads`, body);
  await call('PUT', `/applications/${discord.applicationId}/commands`, COMMANDS);
  const slash = () =>
    discord.slash({
      ...{ user: ann, channel, command: 'animate', options: { scene: 'waves' } },
      attachment: { bytes: SMALL_PNG, name: 'cat.png', width: 1, height: 1 },
    });
  const answer = ({ interaction: { id, token } }: ReturnType<typeof slash>, body: object, query = '') =>
    call('POST', `/interactions/${id}/${token}/callback${query}`, body);
  const hook = ({ interaction: { token } }: ReturnType<typeof slash>) => `/webhooks/${discord.applicationId}/${token}`;
  return { discord, call, guild, channel, ann, send, edit, open, slash, answer, hook };
}

const clip = (bytes: number | Buffer = 10, name = 'clip.mp4') => [
  { name, bytes: typeof bytes === 'number' ? Buffer.alloc(bytes, 1) : bytes },
];

describe('interactions', () => {
  test('an answer after three seconds, a second one and one to a stranger are refused', async () => {
    const { discord, slash, answer } = await stage();
    const late = slash();
    discord.advance(3001);
    expect(await answer(late, { type: 5 })).toMatchObject({ status: 404, code: 10062 });
    await expect(late.acknowledged()).rejects.toThrow('did not respond (refused: 10062)');
    const deed = slash();
    expect((await answer(deed, { type: 5 })).status).toBe(204);
    expect(await answer(deed, { type: 5 })).toMatchObject({ status: 400, code: 40060 });
    const stranger = { ...deed, interaction: { ...deed.interaction, token: 'other' } };
    expect(await answer(stranger, { type: 5 })).toMatchObject({ code: 10062 });
  });

  test('the answer tells of its message where it is asked to, and only of one that is there', async () => {
    const { slash, answer } = await stage();
    const body = { type: 4, data: { content: 'taken', flags: 64 } };
    const direct = await answer(slash(), body, '?with_response=true');
    expect(direct.body).toMatchObject({
      interaction: { type: 2, response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'taken', flags: 64 } },
    });
    expect(await answer(slash(), body, '?with_response=false')).toMatchObject({ status: 204, body: '' });
    const deferred = await answer(slash(), { type: 5 }, '?with_response=true');
    expect(deferred.body).toMatchObject({ interaction: { response_message_loading: true } });
    expect(deferred.body).not.toHaveProperty('resource');
  });

  test('who sees an answer is settled by the first one', async () => {
    const { discord, channel, call, slash, answer, hook } = await stage();
    const deed = slash();
    await answer(deed, { type: 5, data: { flags: 64 } });
    await call('POST', hook(deed), { content: 'here', flags: 0 });
    expect((await deed.answer()).ephemeralFor).toBe(deed.interaction.userId);
    expect(discord.messages(channel)).toHaveLength(1);
    const listed = await call('GET', `/channels/${channel.id}/messages`);
    expect(listed.body).toEqual([]);
  });

  test('who types is offered 25 choices at most, of 100 characters, and nothing else; nobody else is offered any', async () => {
    const { discord, call, ann, channel, slash, answer } = await stage();
    const option = { type: 3, name: 'clip', description: 'Which', autocomplete: true };
    const path = `/applications/${discord.applicationId}/commands`;
    const picked = { ...option, choices: [{ name: 'a', value: 'a' }] };
    const put = (options: object[]) =>
      call('PUT', path, [...COMMANDS, { name: 'show', description: 'Shows', options }]);
    for (const wrong of [picked, { ...option, type: 5 }]) expect(await put([wrong])).toMatchObject({ code: 50035 });
    expect((await put([option])).status).toBe(200);
    const type = () => discord.type({ user: ann, channel, command: 'show', option: 'clip', typed: 'ca' });
    const offer = (choices: object[]) => ({ type: 8, data: { choices } });
    const many = Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` }));
    for (const wrong of [
      offer(many),
      offer([{ name: 'x'.repeat(101), value: 'a' }]),
      { type: 4, data: { content: 'a' } },
    ])
      expect(await answer(type(), wrong)).toMatchObject({ status: 400, code: 50035 });
    expect(await answer(slash(), offer([]))).toMatchObject({ status: 400, code: 50035 });
    const deed = type();
    expect((await answer(deed, offer(many.slice(1)))).status).toBe(204);
    expect((await deed.acknowledged()).choices).toHaveLength(25);
  });

  test('a token works for fifteen minutes and only once it was answered', async () => {
    const { discord, call, slash, answer, hook } = await stage();
    const deed = slash();
    expect(await call('POST', hook(deed), { content: 'more' })).toMatchObject({ status: 404, code: 10015 });
    await answer(deed, { type: 5 });
    const edited = await call('PATCH', `${hook(deed)}/messages/%40original`, { content: 'done' });
    expect(edited.body).toMatchObject({ content: 'done' });
    discord.advance(15 * 60_000 + 1);
    const late = await call('PATCH', `${hook(deed)}/messages/@original`, { content: 'late' });
    expect(late).toMatchObject({ status: 401, code: 50027 });
    expect(await call('POST', hook(deed), { content: 'late' })).toMatchObject({ code: 50027 });
  });

  test('a modal comes first or not at all, and none answers a modal', async () => {
    const { discord, slash, answer } = await stage();
    const modal = (id: string) => ({
      custom_id: id,
      title: 'Edit',
      components: [{ type: 18, label: 'Scene', component: { type: 4, custom_id: 'scene', style: 1 } }],
    });
    const deed = slash();
    await answer(deed, { type: 5 });
    expect(await answer(deed, { type: 9, data: modal('a') })).toMatchObject({ code: 40060 });
    await expect(discord.submit(deed, { scene: 'x' })).rejects.toThrow('no modal was shown');
    const other = slash();
    expect(await answer(other, { type: 9, data: { ...modal('a'), title: 'x'.repeat(46) } })).toMatchObject({
      code: 50035,
    });
    await answer(other, { type: 9, data: modal('a') });
    const submitted = await discord.submit(other, { scene: 'x' });
    expect(await answer(submitted, { type: 9, data: modal('b') })).toMatchObject({ code: 50035 });
    expect(await answer(submitted, { type: 7, data: { content: 'x' } })).toMatchObject({ code: 50035 });
    expect((await answer(submitted, { type: 4, data: { content: 'x' } })).status).toBe(204);
  });

  test('people can do only what the client lets them', async () => {
    const { discord, channel, ann, slash, send } = await stage();
    const options = { scene: 'waves' };
    expect(() => discord.slash({ user: ann, channel, command: 'dance' })).toThrow('no command dance, only animate');
    expect(() => discord.slash({ user: ann, channel, command: 'animate', options })).toThrow('needs picture');
    const picture = { bytes: SMALL_PNG, name: 'cat.png' };
    const long = { picture, scene: 'x'.repeat(501) };
    expect(() => discord.slash({ user: ann, channel, command: 'animate', options: long })).toThrow('its length');
    const whole = { channel, command: 'animate', options: { ...options, picture } };
    expect(() => discord.slash({ ...whole, user: discord.user() })).toThrow('not a member');
    const { id = '' } = await send({ content: 'x' });
    expect(() => discord.press(ann, discord.at.message(id), 'Cancel')).toThrow('no Cancel on this message');
    expect(slash().interaction.name).toBe('animate');
  });
});

describe('places', () => {
  test('a file over the limit of its place is refused, by a page without a code or by 40005', async () => {
    const { discord, guild, send } = await stage({ rules: { uploadLimit: 100 } });
    expect((await send({}, clip(100))).status).toBe(200);
    const page = await send({}, clip(101));
    expect([page.status, page.code, String(page.body).slice(0, 6)]).toEqual([413, undefined, '<html>']);
    discord.rules.tooLarge = 'json';
    expect(await send({}, clip(101))).toMatchObject({ status: 413, code: 40005 });
    guild.uploadLimit = 200;
    expect((await send({}, clip(101))).status).toBe(200);
  });

  test('a posted file is kept and can be fetched by its link until that expires', async () => {
    const { discord, send, channel } = await stage();
    const bytes = Buffer.from('frames');
    await send({ attachments: [{ id: '0', filename: 'my clip.mp4' }] }, clip(bytes));
    const [message] = discord.messages(channel);
    expect(message?.attachments[0]?.bytes.equals(bytes)).toBe(true);
    const posted = (await send({}, clip(bytes))).body as { attachments: { url: string; filename: string }[] };
    const { url = '' } = posted.attachments[0] ?? {};
    expect(await (await fetch(url)).text()).toBe('frames');
    expect((await fetch(url.replace(/hm=\w/, 'hm=z'))).status).toBe(404);
    discord.advance(25 * 3600 * 1000);
    expect((await fetch(url)).status).toBe(404);
    discord.misbehave('cdn', { how: 'status', status: 403 });
    expect((await fetch(url)).status).toBe(403);
  });

  test.each([
    ['View Channel', P.ViewChannel, 50001],
    ['Send Messages', P.SendMessages, 50013],
    ['Attach Files', P.AttachFiles, 50013],
    ['Embed Links', P.EmbedLinks, 50013],
  ])('without %s a message with a file and an embed is refused', async (_, permission, code) => {
    const { discord, channel, send } = await stage();
    discord.deny(channel, permission);
    expect(await send({ embeds: [{ title: 'x' }] }, clip())).toMatchObject({ status: 403, code });
  });

  test('threads have a permission of their own to send, and their channel must be seen', async () => {
    const { discord, channel, send, open } = await stage();
    const thread = discord.thread({ parent: channel });
    discord.deny(channel, P.SendMessages);
    expect((await send({ content: 'x' }, [], thread)).status).toBe(200);
    discord.deny(channel, P.SendMessagesInThreads);
    expect(await send({ content: 'x' }, [], thread)).toMatchObject({ code: 50013 });
    discord.deny(channel, P.ViewChannel);
    expect(await send({ content: 'x' }, [], thread)).toMatchObject({ code: 50001 });
    discord.deny(channel, P.CreatePublicThreads);
    expect(await open((await send({ content: 'x' })).id)).toMatchObject({ code: 50013 });
  });

  test('without Read Message History there are no replies, no single messages and an empty list', async () => {
    const { discord, channel, call, send } = await stage();
    const { id } = await send({ content: 'x' });
    discord.deny(channel, P.ReadMessageHistory);
    const reference = { message_reference: { message_id: id } };
    expect(await send({ content: 'y', ...reference })).toMatchObject({ status: 403, code: 160002 });
    expect(await call('GET', `/channels/${channel.id}/messages/${id}`)).toMatchObject({ code: 50013 });
    expect((await call('GET', `/channels/${channel.id}/messages`)).body).toEqual([]);
    discord.rules.listWithoutHistory = 'refused';
    expect(await call('GET', `/channels/${channel.id}/messages`)).toMatchObject({ code: 50013 });
  });

  test('deleted channels and messages, servers left and closed conversations are told apart', async () => {
    const { discord, guild, channel, ann, call, send, edit } = await stage();
    const { id } = await send({ content: 'x' });
    expect((await call('DELETE', `/channels/${channel.id}/messages/${id}`)).status).toBe(204);
    expect(await edit(id, { content: 'y' })).toMatchObject({ status: 404, code: 10008 });
    const gone = discord.channel(guild);
    discord.removeChannel(gone);
    expect(await send({ content: 'x' }, [], gone)).toMatchObject({ status: 404, code: 10003 });
    const dm = discord.dm(ann);
    for (const code of [50007, 50278, 20009] as const) {
      ann.refusesDms = code;
      expect(await send({ content: 'x' }, [], dm)).toMatchObject({ status: 403, code });
    }
    discord.kick(guild);
    expect(await send({ content: 'x' })).toMatchObject({ status: 403, code: 50001 });
    expect(await call('GET', `/guilds/${guild.id}`)).toMatchObject({ code: 50001 });
  });

  test("another's message cannot be edited, and is deleted only with Manage Messages", async () => {
    const { discord, channel, ann, call, edit } = await stage();
    const { id, content } = discord.says(ann, channel, { content: 'secret' });
    expect(content).toBe('secret');
    expect(await edit(id, { content: 'y' })).toMatchObject({ status: 403, code: 50005 });
    expect(await call('DELETE', `/channels/${channel.id}/messages/${id}`)).toMatchObject({ code: 50013 });
    const seen = await call('GET', `/channels/${channel.id}/messages/${id}`);
    expect(seen.body).toMatchObject({ content: '' });
    channel.allow = P.ManageMessages;
    expect((await call('DELETE', `/channels/${channel.id}/messages/${id}`)).status).toBe(204);
  });
});

describe('threads', () => {
  test('a thread has the id of its message, and there is one', async () => {
    const { discord, send, open } = await stage();
    const { id } = await send({ content: 'x' });
    expect(await open(id, { name: '' })).toMatchObject({ code: 50035 });
    expect(await open(id, { name: 'x'.repeat(101) })).toMatchObject({ code: 50035 });
    expect(await open(id, { name: 'x', auto_archive_duration: 61 })).toMatchObject({ code: 50035 });
    expect(await open(id)).toMatchObject({ status: 200, id });
    expect(await open(id)).toMatchObject({ status: 400, code: 160004 });
    expect(discord.threadOn({ id: id ?? '' })?.name).toBe('clips');
    expect(await open('123')).toMatchObject({ code: 10008 });
  });

  test('threads open only in text and announcement channels, as many as there may be', async () => {
    const { discord, guild, ann, channel, send, open } = await stage();
    const voice = discord.channel(guild, { type: ChannelType.GuildVoice });
    const forum = discord.channel(guild, { type: ChannelType.GuildForum });
    const news = discord.channel(guild, { type: ChannelType.GuildAnnouncement });
    for (const place of [
      voice,
      discord.dm(ann),
      discord.thread({ parent: channel }),
      discord.thread({ parent: forum }),
    ]) {
      const { id } = await send({ content: 'x' }, [], place);
      expect(await open(id, { name: 'x' }, place)).toMatchObject({ status: 400, code: 50024 });
    }
    expect(await send({ content: 'x' }, [], forum)).toMatchObject({ code: 50008 });
    expect((await open((await send({ content: 'x' }, [], news)).id, { name: 'x' }, news)).status).toBe(200);
    guild.maxThreads = 3;
    expect(await open((await send({ content: 'x' })).id)).toMatchObject({ status: 400, code: 160006 });
  });

  test('sending wakes an archived thread, editing does not work in one, a locked one takes nothing', async () => {
    const { discord, channel, send, edit } = await stage();
    const thread = discord.thread({ parent: channel });
    const { id } = await send({ content: 'x' }, [], thread);
    discord.archive(thread);
    expect(await edit(id, { content: 'y' }, thread)).toMatchObject({ code: 50083 });
    expect((await send({ content: 'x' }, [], thread)).status).toBe(200);
    expect(thread.thread?.archived).toBe(false);
    expect((await edit(id, { content: 'y' }, thread)).status).toBe(200);
    discord.archive(thread, { locked: true });
    expect(await send({ content: 'x' }, [], thread)).toMatchObject({ code: 160005 });
  });
});

describe('messages', () => {
  test('what cannot be posted is refused with 50035 and where', async () => {
    const { send } = await stage();
    expect(await send({})).toMatchObject({ status: 400, code: 50006 });
    const long = await send({ content: 'x'.repeat(2001) });
    expect(long).toMatchObject({ code: 50035, body: { errors: { content: { _errors: [{}] } } } });
    expect(await send({ content: 'x', nonce: 'x'.repeat(26) })).toMatchObject({ code: 50035 });
    expect(await send({ content: 'x', attachments: [{ id: '0' }] })).toMatchObject({ code: 50035 });
    const twice = [{ id: '0' }, { id: '0' }];
    expect(await send({ content: 'x', attachments: twice }, clip())).toMatchObject({ code: 50035 });
    const missing = { message_reference: { message_id: '123' } };
    expect(await send({ content: 'x', ...missing })).toMatchObject({ code: 50035 });
    const lenient = { message_reference: { message_id: '123', fail_if_not_exists: false } };
    expect((await send({ content: 'x', ...lenient })).status).toBe(200);
  });

  test('AutoMod stops its words, in components too', async () => {
    const { send } = await stage({ rules: { blockedWords: ['darn'] } });
    expect(await send({ content: 'Darn it' })).toMatchObject({ status: 400, code: 200000 });
    const components = [{ type: 10, content: 'darn' }];
    expect(await send({ components, flags: 1 << 15 })).toMatchObject({ code: 200000 });
  });

  test('a message with an enforced nonce is posted once, for three minutes', async () => {
    const { discord, channel, call, send } = await stage();
    const once = { nonce: 'a'.repeat(25), enforce_nonce: true };
    const first = await send({ content: 'x', ...once }, clip());
    expect(await send({ content: 'x', ...once }, clip())).toMatchObject({ status: 200, id: first.id });
    expect((await send({ content: 'x', nonce: once.nonce }, clip())).id).not.toBe(first.id);
    expect(discord.messages(channel)).toHaveLength(2);
    discord.advance(3 * 60_000);
    const later = await send({ content: 'x', ...once });
    expect(later.id).not.toBe(first.id);
    await call('DELETE', `/channels/${channel.id}/messages/${later.id}`);
    expect(await send({ content: 'x', ...once })).toMatchObject({ status: 404, code: 10008 });
    discord.forgetNonces();
    expect((await send({ content: 'x', ...once })).status).toBe(200);
  });

  test('a lost answer leaves the message posted, a lost request does not', async () => {
    const { discord, channel, send } = await stage();
    discord.misbehave('createMessage', { how: 'reset', when: 'worked' });
    await expect(send({ content: 'x' })).rejects.toThrow();
    expect(discord.messages(channel)).toHaveLength(1);
    discord.misbehave('createMessage', { how: 'reset', when: 'read' }, { how: 'status', status: 503 });
    const tried = discord.until(() => discord.report().requests.filter(({ spoiled }) => spoiled === 'reset')[1]);
    await expect(send({ content: 'x' })).rejects.toThrow();
    expect(await tried).toMatchObject({ route: 'createMessage', status: 0 });
    expect((await send({ content: 'x' })).status).toBe(503);
    expect(discord.messages(channel)).toHaveLength(1);
    expect(() => discord.misbehave('sendMessage', { how: 'html' })).toThrow('no route sendMessage');
    discord.misbehave('createMessage', { how: 'late', ms: 20 });
    expect((await send({ content: 'x' })).status).toBe(200);
  });

  test('a history is read in pages, newest first', async () => {
    const { call, channel, send } = await stage();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await send({ content: `${n}` })).id ?? '');
    const list = async (query: string) => {
      const { body } = await call('GET', `/channels/${channel.id}/messages?${query}`);
      return (body as { content: string }[]).map(({ content }) => content).join('');
    };
    expect(await list('')).toBe('43210');
    expect(await list('limit=2')).toBe('43');
    expect(await list(`before=${ids[3]}&limit=2`)).toBe('21');
    expect(await list(`after=${ids[0]}&limit=2`)).toBe('21');
    expect(await list(`around=${ids[2]}&limit=3`)).toBe('321');
    expect(await call('GET', `/channels/${channel.id}/messages?limit=101`)).toMatchObject({ code: 50035 });
  });

  test('old messages take few edits', async () => {
    const { discord, send, edit } = await stage();
    const { id } = await send({ content: 'x' });
    discord.advance(3_600_000);
    for (let n = 0; n < 3; n += 1) expect((await edit(id, { content: `${n}` })).status).toBe(200);
    expect(await edit(id, { content: 'more' })).toMatchObject({ status: 429, code: 30046 });
    discord.advance(6001);
    expect((await edit(id, { content: 'more' })).status).toBe(200);
    expect(discord.at.message(id ?? '').revisions.map(({ content }) => content)).toEqual(['x', '0', '1', '2', 'more']);
  });

  test('who is pinged is told, and who forgot to say whom', async () => {
    const { discord, channel, ann, call, send, edit } = await stage();
    const bob = discord.user({ name: 'bob' });
    const text = `<@${ann.id}> <@!${bob.id}> @everyone <@&77>`;
    const { id } = await send({ content: text, allowed_mentions: { users: [ann.id] } });
    expect(discord.report().pings).toEqual([{ id, channelId: channel.id, who: ann.id }]);
    expect(discord.report().unguarded).toEqual([]);
    await call('PATCH', `/channels/${channel.id}/messages/${id}`, { content: text });
    expect(discord.at.message(id ?? '').revisions[1]?.pinged).toEqual([ann.id, bob.id, '77', 'everyone']);
    expect(discord.report().unguarded).toEqual([{ id, edit: 1 }]);
    const both = { parse: ['users'], users: [ann.id] };
    expect(await edit(id, { content: text, allowed_mentions: both })).toMatchObject({ code: 50035 });
    const asked = discord.says(ann, channel, { content: 'please' });
    const reply = { content: 'here', message_reference: { message_id: asked.id } };
    await call('POST', `/channels/${channel.id}/messages`, reply);
    await send({ ...reply, components: CANCEL_CARD.components, content: undefined, flags: CANCEL_CARD.flags });
    expect(discord.messages(channel).map(({ revisions }) => revisions[0]?.pinged)).toEqual([
      [ann.id],
      undefined,
      [ann.id],
      [],
    ]);
  });
});

describe('components', () => {
  const V2 = 1 << 15;
  const button = (custom_id: string, label = 'x') => ({ type: 2, style: 1, custom_id, label });
  const row = (...components: object[]) => ({ type: 1, components });
  const text = { type: 10, content: 'x' };

  test.each<[string, object]>([
    ['content beside Components V2', { flags: V2, content: 'x', components: [text] }],
    ['embeds beside Components V2', { flags: V2, embeds: [{ title: 'x' }], components: [text] }],
    ['a container without the flag', { components: [{ type: 17, components: [text] }] }],
    [
      'a container in a container',
      { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [text] }] }] },
    ],
    ['a section without accessory', { flags: V2, components: [{ type: 9, components: [text] }] }],
    [
      'four texts in a section',
      { flags: V2, components: [{ type: 9, components: [text, text, text, text], accessory: button('a') }] },
    ],
    ['six buttons in a row', { content: 'x', components: [row(...'abcdef'.split('').map((id) => button(id)))] }],
    ['six rows', { content: 'x', components: [...'abcdef'].map((id) => row(button(id))) }],
    ['one custom id twice', { content: 'x', components: [row(button('a'), button('a'))] }],
    ['a long custom id', { content: 'x', components: [row(button('a'.repeat(101)))] }],
    ['a long label', { content: 'x', components: [row(button('a', 'x'.repeat(81)))] }],
    ['a button without custom id', { content: 'x', components: [row({ type: 2, style: 1, label: 'x' })] }],
    [
      'a link with custom id',
      { content: 'x', components: [row({ ...button('a'), style: 5, url: 'https://x.example' })] },
    ],
    ['41 components', { flags: V2, components: Array.from({ length: 41 }, () => text) }],
    ['more text than 4000', { flags: V2, components: [1, 2].map(() => ({ type: 10, content: 'x'.repeat(2001) })) }],
    [
      'a picture that was not sent along',
      { flags: V2, components: [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
    ],
    ['Components V2 with nothing in it', { flags: V2, components: [] }],
  ])('%s is refused', async (_, body) => {
    const { send } = await stage();
    expect(await send(body)).toMatchObject({ status: 400, code: 50035 });
  });

  test('a card with all that it may have is posted, with its pictures resolved, and stays one of its kind', async () => {
    const { discord, send, edit } = await stage();
    const components = [
      {
        type: 17,
        accent_color: 1,
        components: [
          { type: 9, components: [text], accessory: { type: 11, media: { url: 'attachment://a.png' } } },
          { type: 14 },
          { type: 12, items: [{ media: { url: 'attachment://a.png' } }] },
          row(button('a'), button('b')),
        ],
      },
    ];
    const posted = await send({ flags: V2, components }, clip(SMALL_PNG, 'a.png'));
    const [container] = (posted.body as { components: { components: { accessory?: { media: { url: string } } }[] }[] })
      .components;
    expect(container?.components[0]?.accessory?.media.url).toContain(`${discord.cdn}/attachments/`);
    expect(await edit(posted.id, { flags: 0, content: 'x', components: [] })).toMatchObject({ code: 50035 });
    expect(await edit(posted.id, { content: 'x' })).toMatchObject({ code: 50035 });
    expect(await edit(posted.id, { attachments: [] })).toMatchObject({ code: 50035 });
    expect((await edit(posted.id, { components: [text], attachments: [] })).status).toBe(200);
    expect(discord.clips()).toEqual([]);
    const plain = await send({ content: 'x' });
    expect(await edit(plain.id, { flags: V2, components: [text] })).toMatchObject({ code: 50035 });
    expect((await edit(plain.id, { flags: V2, components: [text], content: null })).status).toBe(200);
  });
});

describe('commands', () => {
  const option = { type: 3, name: 'scene', description: 'x' };
  const named = (name: string) => ({ name, description: 'x' });
  test.each<[string, object[]]>([
    ['a name with a space', [named('animate this')]],
    ['a name with capitals', [named('Animate')]],
    ['no description', [{ name: 'a' }]],
    ['a long description', [{ name: 'a', description: 'x'.repeat(101) }]],
    ['a menu with a description', [{ type: 3, ...named('Animate') }]],
    [
      'an optional option before a required one',
      [{ ...named('a'), options: [option, { ...option, name: 'b', required: true }] }],
    ],
    ['26 options', [{ ...named('a'), options: Array.from({ length: 26 }, (_, n) => ({ ...option, name: `o${n}` })) }]],
    [
      '26 choices',
      [
        {
          ...named('a'),
          options: [{ ...option, choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) }],
        },
      ],
    ],
    ['one name twice', [named('a'), named('a')]],
    ['a language that does not exist', [{ ...named('a'), description_localizations: { xx: 'x' } }]],
    ['a place that does not exist', [{ ...named('a'), contexts: [3] }]],
    [
      'more than 8000 characters',
      [
        {
          ...named('a'),
          options: Array.from({ length: 25 }, (_, n) => ({
            ...option,
            name: `o${n}`,
            description: 'x'.repeat(100),
            choices: Array.from({ length: 5 }, (_, c) => ({ name: `${c}`.repeat(25), value: `${c}`.repeat(25) })),
          })),
        },
      ],
    ],
  ])('%s is refused', async (_, commands) => {
    const { discord, call } = await stage();
    const answer = await call('PUT', `/applications/${discord.applicationId}/commands`, commands);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
  });

  test('commands are kept for everywhere or for one server, keep their ids, and can be read', async () => {
    const { discord, guild, call, ann } = await stage();
    const path = `/applications/${discord.applicationId}/commands`;
    const before = (await call('GET', path)).body as { id: string }[];
    const good = { ...COMMANDS[0], contexts: [0], description_localizations: { de: 'Belebt ein Bild' } };
    await call('PUT', path, [good]);
    const after = (await call('GET', path)).body as { id: string }[];
    expect(after.map(({ id }) => id)).toEqual([before[0]?.id]);
    const own = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    expect((await call('PUT', own, [named('only-here')])).body).toMatchObject([{ guild_id: guild.id }]);
    expect(discord.report().commandPuts).toBe(3);
    expect(() => discord.slash({ user: ann, channel: discord.dm(ann), command: 'animate' })).toThrow(
      'cannot be used here',
    );
    expect(await call('PUT', '/applications/1/commands', [])).toMatchObject({ code: 10002 });
  });
});

describe('limits', () => {
  test('the sixth message in five seconds gets a 429 with when to come back', async () => {
    const { discord, guild, send } = await stage({ rateLimits: {} });
    const first = await send({ content: 'x' });
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
    for (let n = 0; n < 4; n += 1) await send({ content: 'x' });
    const refused = await send({ content: 'x' });
    expect(refused).toMatchObject({ status: 429, body: { global: false } });
    expect(Number(refused.headers.get('retry-after'))).toBe(5);
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    expect((await send({ content: 'x' }, [], discord.channel(guild))).status).toBe(200);
    discord.advance(5000);
    expect((await send({ content: 'x' })).status).toBe(200);
    discord.throttle('createMessage', { retryAfterMs: 1500, scope: 'global' });
    const globally = await send({ content: 'x' });
    expect(globally).toMatchObject({ status: 429, body: { global: true, retry_after: 1.5 } });
    expect(globally.headers.get('x-ratelimit-global')).toBe('true');
    expect(discord.report().invalidRequests).toBe(2);
  });

  test('a wrong token and an unknown path are refused', async () => {
    const { discord } = await stage();
    const wrong = caller({ api: discord.api, token: 'wrong' });
    expect(await wrong('GET', '/users/@me')).toMatchObject({ status: 401, code: 0 });
    expect((await caller(discord)('GET', '/nothing')).status).toBe(404);
    expect(discord.report().requests.at(-2)).toMatchObject({ route: 'me', auth: true, status: 401 });
  });
});
