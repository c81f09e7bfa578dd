import { InteractionResponseType, PermissionFlagsBits as P } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { cancelAction, cancelAllAction } from '../../../commands/cancel.ts';
import { actions } from '../../../commands/index.ts';
import type { Task, TaskState } from '../../../src/task/task.ts';
import { textOf } from '../../fakes/discord/components.ts';
import type { Deed } from '../../fakes/discord/people.ts';
import type { Channel, Message, User } from '../../fakes/discord/world.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';
import { someFitted } from '../../helpers/task.ts';

const NOT_YOURS = 'Only the person who asked for this clip can do that.';
const MODERATOR = P.ManageMessages | P.ViewChannel;

let at: DiscordGateways;
afterEach(() => at.close());

async function listening(options: Parameters<typeof discordGateways>[0] = {}): Promise<void> {
  at = await discordGateways(options);
  await at.listen();
}

/** Somebody else, who may do so much in the server. */
function member(name: string, permissions?: bigint, guild = at.guild): User {
  const user = at.discord.user({ name });
  at.discord.join(guild, user, permissions);
  return user;
}

const contentOf = async (deed: Deed) => (await deed.answer()).content;
const numberOf = ({ components }: Message, action: string): string | undefined =>
  new RegExp(`"${action}:[0-9a-f]+:v(\\d+)"`).exec(JSON.stringify(components))?.[1];
const tasksBeside = async (task: Task) => (await at.tasks()).filter(({ id }) => id !== task.id);

describe('Again', () => {
  const pressAgain = (user: User, message: Message) => at.discord.press(user, message, 'Again');
  const renewedTo = (message: Message, n: number) => at.discord.until(() => numberOf(message, 'again') === `${n}`);

  test('pressed twice at once it is one request, which both gateways hear; the button is renewed once', async () => {
    await listening({ count: 2 });
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    const deeds = [pressAgain(at.ann, message), pressAgain(at.ann, message)];
    for (const deed of deeds) expect(await contentOf(deed)).toContain('Got it');
    await at.discord.until(() => deeds.every(({ interaction }) => interaction.refused.length > 0));
    expect(await tasksBeside(task)).toHaveLength(1);
    await renewedTo(message, 1);
    expect(at.lines).toEqual([]);
  });

  test('pressed later it is one more each time, and the other buttons stay as they are', async () => {
    await listening();
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    for (let n = 1; n <= 3; n++) {
      expect(await contentOf(pressAgain(at.ann, message))).toContain('Got it');
      await renewedTo(message, n);
      expect(await tasksBeside(task)).toHaveLength(n);
    }
    expect(numberOf(message, 'edit')).toBe('0');
    expect(numberOf(message, 'more')).toBe('0');
  });

  test('where the bot was killed before the button was renewed, the next press is the same one, and renews it', async () => {
    await listening();
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    at.discord.misbehave('getMessage', {
      how: 'status',
      status: 403,
      body: { code: 50001, message: 'Missing Access' },
    });
    expect(await contentOf(pressAgain(at.ann, message))).toContain('Got it');
    await expect.poll(() => at.lines.join()).toContain('could not be renewed');
    expect(await contentOf(pressAgain(at.ann, message))).toContain('Got it');
    await renewedTo(message, 1);
    expect(await tasksBeside(task)).toHaveLength(1);
    expect(await contentOf(pressAgain(at.ann, message))).toContain('Got it');
    await renewedTo(message, 2);
    expect(await tasksBeside(task)).toHaveLength(2);
  });

  test.each([
    ['reads', 'getMessage'],
    ['edits', 'editMessage'],
  ])('where Discord %s with an error the button is renewed all the same', async (_what, route) => {
    await listening();
    const message = at.messageOf(await at.task('delivered'));
    at.discord.misbehave(route, { how: 'status', status: 502 }, { how: 'reset', when: 'unread' });
    expect(await contentOf(pressAgain(at.ann, message))).toContain('Got it');
    await renewedTo(message, 1);
    expect(at.lines).toEqual([]);
  });

  test('on a stray, which another message of its kind won over, it is done, and the stray goes', async () => {
    await listening();
    const task = await at.task('delivered');
    const [held, stray] = [at.messageOf(task), at.messageOf(task)];
    await at.store.tasks.recordSent(task.id, 'clip', `${held.channelId}/${held.id}`, 'test');
    expect(await contentOf(pressAgain(at.ann, stray))).toContain('Got it');
    await at.discord.until(() => stray.deletedAt !== undefined);
    expect(await contentOf(pressAgain(at.ann, held))).toContain('Got it');
    await renewedTo(held, 1);
    expect(held.deletedAt).toBeUndefined();
  });

  test('a press that is heard late takes no number back', async () => {
    await listening();
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    const late = { ...message };
    for (let n = 1; n <= 2; n++) {
      await pressAgain(at.ann, message).acknowledged();
      await renewedTo(message, n);
    }
    expect(late.components).not.toEqual(message.components);
    const used = late.components;
    const now = message.components;
    message.components = used;
    const gets = () => at.discord.report().requests.filter(({ route }) => route === 'getMessage').length;
    const before = gets();
    const deed = pressAgain(at.ann, message);
    message.components = now;
    expect(await contentOf(deed)).toContain('Got it');
    await at.discord.until(() => gets() > before);
    expect(numberOf(message, 'again')).toBe('2');
    expect(await tasksBeside(task)).toHaveLength(2);
  });

  test('pressed by two people at once it is a request of each', async () => {
    await listening();
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    const deeds = [pressAgain(at.ann, message), pressAgain(member('bob'), message)];
    for (const deed of deeds) expect(await contentOf(deed)).toContain('Got it');
    const names = (await tasksBeside(task)).map(({ requester }) => requester.name);
    expect(names.toSorted()).toEqual(['ann', 'bob']);
  });

  test('in a thread that was put away the button is renewed, too', async () => {
    at = await discordGateways();
    const thread = at.discord.thread({ parent: at.channel });
    const task = await at.task('delivered');
    const message = at.messageOf(task, { where: thread });
    at.discord.archive(thread);
    await at.listen();
    expect(await contentOf(pressAgain(at.ann, message))).toContain('Got it');
    await renewedTo(message, 1);
  });
});

describe('Edit scene', () => {
  const pressEdit = (user: User, message: Message) => at.discord.press(user, message, 'Edit scene');

  test('opens no form for whom no clip would be made', async () => {
    await listening({ limits: { allow: ['discord:1'] } });
    const message = at.messageOf(await at.task('delivered'));
    expect((await pressEdit(at.ann, message).acknowledged()).modal).toBeUndefined();
  });

  test('makes a take for each form that is sent: of two people, and of one who comes back', async () => {
    await listening({ count: 2 });
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    const bob = member('bob');
    const forms = [pressEdit(at.ann, message), pressEdit(bob, message)];
    const sent: Deed[] = [];
    for (const [n, form] of forms.entries()) sent.push(await at.discord.submit(form, { scene: `scene ${n}` }));
    sent.push(await at.discord.submit(pressEdit(at.ann, message), { scene: 'scene 2' }));
    for (const deed of sent) expect(await contentOf(deed)).toContain('Got it');
    await at.discord.until(() => sent.every(({ interaction }) => interaction.refused.length > 0));
    const made = (await tasksBeside(task)).map(({ scene, requester: { name } }) => `${name}: ${scene}`);
    expect(made.toSorted()).toEqual(['ann: scene 0', 'ann: scene 2', 'bob: scene 1']);
  });

  test('where the bot may not post a clip it says so, and opens no form', async () => {
    await listening();
    const message = at.messageOf(await at.task('delivered'));
    at.discord.deny(at.channel, P.AttachFiles);
    expect(await contentOf(pressEdit(at.ann, message))).toContain('Attach Files');
  });
});

describe('Delete', () => {
  const gone = async () => {
    const task = await at.task('delivered');
    const message = at.messageOf(task);
    message.content = `<@${at.ann.id}> ${task.scene}`;
    message.revisions = [{ ...message, at: 0, files: [], pinged: [at.ann.id], unfurled: [], guarded: true }];
    await at.store.tasks.remove(task.id);
    // Of its buttons only that one is left once somebody has pressed another.
    expect(await contentOf(at.discord.press(at.ann, message, 'More'))).toBe('This clip is not here any more.');
    await at.discord.until(() => !JSON.stringify(message.components).includes('More'));
    return message;
  };

  test.each([
    ['the person it was for', () => at.ann],
    ['a moderator', () => member('moderator', MODERATOR)],
  ])('takes a message away whose task is gone already: for %s', async (_who, whoIs) => {
    await listening();
    const message = await gone();
    expect(await contentOf(at.discord.press(whoIs(), message, 'Delete'))).toBe('This clip is not here any more.');
    await at.discord.until(() => message.deletedAt !== undefined);
  });

  test('nobody else takes it away, and no other button does', async () => {
    await listening();
    const message = await gone();
    expect(await contentOf(at.discord.press(member('stranger'), message, 'Delete'))).toContain('not here any more');
    // What would be called was called before this was answered.
    expect(await contentOf(at.discord.press(at.ann, at.messageOf(await at.task('failed')), 'Delete'))).toBe('Deleted.');
    await at.discord.until(() => at.discord.report().requests.some(({ route }) => route === 'deleteMessage'));
    expect(message.deletedAt).toBeUndefined();
  });
});

/** How the answers begin, of what was done or is asked. */
const DONE = new RegExp(
  `^(?:${[
    ...['All right', 'Got it', '5 s', 'Deleted', 'Trying again', 'Left alone', 'You starred'],
    ...['Where should', 'Go to where', 'What should', 'I am sending', 'I will post', 'Thank you', 'This clip is yours'],
    ...['All takes', '\\*\\*All takes'],
    ...['The page', 'This bot cannot be reached from outside'],
  ].join('|')})`,
);
const fitted = someFitted({ width: 1280, height: 720 });
const [found, wanted] = [{ width: 640, height: 480 }, [{ width: 1280, height: 720 }]];
const STORY = 'a'.repeat(24);
const STANDINGS: [TaskState, Partial<Task>?][] = [
  ['rendering'],
  ['unconfirmed'],
  ['delivered'],
  ['delivered', { from: STORY, story: STORY }],
  ['failed', { fitted, failure: { type: 'bad-input' } }],
  ['failed', { failure: { type: 'bad-picture', picture: { type: 'wrong-size', found, wanted } } }],
];

describe.each(actions.map((action) => [action.id, action] as const))(
  'who may press %s',
  (id, { who, isOffered, words }) => {
    // Under the card of several takes it stands where Cancel does under that of one.
    const stands = id === cancelAllAction.id ? cancelAction.isOffered : isOffered;

    /** A task of ann's where the action is offered. */
    async function offered(): Promise<Task> {
      for (const [state, changes] of STANDINGS) {
        const task = state === 'delivered' ? (await at.clip(changes)).task : await at.task(state, changes);
        if (stands(task)) return task;
      }
      // It stands in a list of clips, or beside a link.
      return (await at.clip()).task;
    }

    /** A message of the bot's whose buttons name a task of another place: what it carries is what a forger wants it to. */
    const press = (user: User, task: Task, where: Channel): Deed =>
      at.discord.press(user, at.messageOf(task, { where, ids: [id] }), words('en').label);

    /** The same in a select of tasks. */
    function choose(user: User, task: Task, where: Channel): Deed {
      const message = at.messageOf(task, { where });
      const options = [{ label: 'x', value: task.id }];
      const select = { type: 3, custom_id: `choose:${id}`, options };
      message.components = [{ type: 1, components: [select] }];
      return at.discord.press(user, message, select.custom_id, [task.id]);
    }

    /** What stands on record of everything. */
    const record = async () => JSON.stringify(await at.tasks());

    async function refused(press: (task: Task) => Deed): Promise<void> {
      const task = await offered();
      const before = await record();
      expect(await contentOf(press(task))).toBe(NOT_YOURS);
      expect(await record()).toBe(before);
    }

    async function done(press: (task: Task) => Deed): Promise<void> {
      const task = await offered();
      const deed = press(task);
      const { modal, type } = await deed.acknowledged();
      if (modal) return expect(JSON.stringify(modal)).toContain(task.scene);
      // Then the card says it, or the button itself.
      if (type === InteractionResponseType.DeferredMessageUpdate) {
        const now = await at.store.tasks.get(task.id);
        return expect(now?.requests.cancel || now?.stars).toBeTruthy();
      }
      const { content, components } = await deed.answer();
      expect(content || textOf(components)).toMatch(DONE);
    }

    test('not a moderator of another server or channel, nor who owns a conversation with the bot', async () => {
      await listening();
      const guild = at.discord.guild();
      const elsewhere = member('moderator', MODERATOR | P.Administrator, guild);
      const beside = member('moderator', MODERATOR);
      const stranger = at.discord.user({ name: 'stranger' });
      for (const [user, where] of [
        [elsewhere, at.discord.channel(guild)],
        [beside, at.discord.channel(at.guild)],
        [stranger, at.discord.dm(stranger)],
      ] as const)
        for (const how of [press, choose]) await refused((task) => how(user, task, where));
    });

    test(who === 'here' ? 'everybody in the same channel' : 'not a stranger in the same channel', async () => {
      await listening();
      const stranger = member('stranger');
      const check = who === 'here' ? done : refused;
      await check((task) => press(stranger, task, at.channel));
      await check((task) => choose(stranger, task, at.channel));
    });

    test(`${who === 'author' ? 'not ' : ''}a moderator of its channel and its threads`, async () => {
      await listening();
      const moderator = member('moderator', MODERATOR);
      const check = who === 'author' ? refused : done;
      await check((task) => press(moderator, task, at.channel));
      await check((task) => press(moderator, task, at.discord.thread({ parent: at.channel })));
    });

    test('the person who asked for the clip, from elsewhere, too', async () => {
      await listening();
      await done((task) => press(at.ann, task, at.channel));
      await done((task) => press(at.ann, task, at.discord.dm(at.ann)));
    });
  },
);
