import { ChannelType } from 'discord.js';
import { z } from 'zod';
import { type Answer, calmOrder, faultsSchema, stormOrder } from '../misbehave.ts';
import type { FakeDiscord } from './discord.ts';
import type { Picked } from './fields.ts';
import type { Deed } from './people.ts';

const id = z.string();
const bits = z.string().transform(BigInt).optional();
const file = z.object({
  base64: z.string(),
  name: z.string(),
  content_type: z.string().default('image/png'),
  width: z.int().optional(),
  height: z.int().optional(),
});
const value = z.union([z.string(), z.number(), z.boolean()]);
const channelOptions = { name: z.string().optional(), deny: bits, allow: bits, uploadLimit: z.number().optional() };

const order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('user'), name: z.string().optional(), locale: z.string().optional() }),
  z.object({ do: z.literal('guild'), name: z.string().optional(), locale: z.string().optional() }),
  z.object({ do: z.literal('join'), guild: id, user: id }),
  z.object({ do: z.literal('channel'), guild: id, type: z.enum(ChannelType).optional(), ...channelOptions }),
  z.object({ do: z.literal('thread'), parent: id, ...channelOptions }),
  z.object({ do: z.literal('dm'), user: id }),
  z.object({
    do: z.literal('slash'),
    user: id,
    channel: id,
    command: z.string(),
    options: z.record(z.string(), value).optional(),
    attachment: file.optional(),
  }),
  z.object({ do: z.literal('press'), user: id, message: id, which: z.string() }),
  z.object({ do: z.literal('submit'), interaction: id, values: z.record(z.string(), z.string()) }),
  z.object({ do: z.literal('acknowledged'), interaction: id }),
  z.object({
    do: z.literal('clips'),
    channel: id.optional(),
    atLeast: z.int(),
    withinMs: z.number().default(30_000),
  }),
  z.object({ do: z.literal('ready'), withinMs: z.number().optional() }),
  z.object({
    do: z.literal('misbehave'),
    route: z.string(),
    faults: faultsSchema,
  }),
  stormOrder,
  calmOrder,
  z.object({
    do: z.literal('throttle'),
    route: z.string(),
    retryAfterMs: z.number(),
    scope: z.enum(['user', 'shared', 'global']).default('user'),
  }),
  z.object({ do: z.literal('advance'), ms: z.number() }),
  z.object({ do: z.literal('archive'), channel: id, locked: z.boolean().optional() }),
  z.object({ do: z.literal('removeChannel'), channel: id }),
  z.object({ do: z.literal('removeMessage'), message: id }),
  z.object({ do: z.literal('kick'), guild: id }),
  z.object({ do: z.literal('drop') }),
  z.object({ do: z.literal('forgetSessions') }),
  z.object({ do: z.literal('forgetNonces') }),
]);
/** What may be told to a stand-in in another process. Things are named by their ids. */
export type DiscordOrder = z.input<typeof order>;

/** Serves `GET /__report` and `POST /__control`; an order that cannot be carried out gets a 400 and the reason. */
export function createControl(discord: FakeDiscord): (path: string, body: string) => Promise<Answer> {
  const { at } = discord;
  const deeds = new Map<string, Deed>();
  const kept = (deed: Deed) => {
    deeds.set(deed.interaction.id, deed);
    return { id: deed.interaction.id };
  };
  const deedOf = (id: string): Deed => {
    const found = deeds.get(id);
    if (!found) throw new Error(`nobody did ${id}`);
    return found;
  };

  async function carryOut(told: z.output<typeof order>): Promise<unknown> {
    switch (told.do) {
      case 'user':
        return { id: discord.user(told).id };
      case 'guild': {
        const { do: _, ...options } = told;
        return { id: discord.guild(options).id };
      }
      case 'join':
        return discord.join(at.guild(told.guild), at.user(told.user));
      case 'channel': {
        const { do: _, guild, ...options } = told;
        return { id: discord.channel(at.guild(guild), options).id };
      }
      case 'thread': {
        const { do: _, parent, ...options } = told;
        return { id: discord.thread({ ...options, parent: at.channel(parent) }).id };
      }
      case 'dm':
        return { id: discord.dm(at.user(told.user)).id };
      case 'slash': {
        const { command, options = {}, attachment } = told;
        const deed = { user: at.user(told.user), channel: at.channel(told.channel), command, options };
        return kept(discord.slash({ ...deed, ...(attachment ? { attachment: picked(attachment) } : {}) }));
      }
      case 'press':
        return kept(discord.press(at.user(told.user), at.message(told.message), told.which));
      case 'submit':
        return kept(await discord.submit(deedOf(told.interaction), told.values));
      case 'acknowledged':
        return deedOf(told.interaction).acknowledged();
      case 'clips':
        return discord.until(() => {
          const clips = discord.clips().filter(({ channelId }) => (told.channel ?? channelId) === channelId);
          return clips.length >= told.atLeast && clips.map(({ id }) => id);
        }, told.withinMs);
      case 'ready':
        return discord.ready(told.withinMs);
      case 'misbehave':
        return discord.misbehave(told.route, ...told.faults);
      case 'storm':
        return discord.storm(told);
      case 'calm':
        return discord.storm(undefined);
      case 'throttle':
        return discord.throttle(told.route, { retryAfterMs: told.retryAfterMs, scope: told.scope });
      case 'advance':
        return discord.advance(told.ms);
      case 'archive':
        return discord.archive(at.channel(told.channel), { locked: told.locked ?? false });
      case 'removeChannel':
        return discord.removeChannel(at.channel(told.channel));
      case 'removeMessage':
        return discord.removeMessage(at.message(told.message));
      case 'kick':
        return discord.kick(at.guild(told.guild));
      case 'drop':
        return discord.gateway.drop();
      case 'forgetSessions':
        return discord.gateway.forget();
      case 'forgetNonces':
        return discord.forgetNonces();
    }
  }

  return async (path, body) => {
    try {
      if (path === '/__report') return { status: 200, json: discord.report() };
      if (path === '/__about') {
        const { api, cdn, token } = discord;
        return { status: 200, json: { api, cdn, token } };
      }
      return { status: 200, json: (await carryOut(order.parse(JSON.parse(body)))) ?? null };
    } catch (error) {
      return { status: 400, json: { error: String(error) } };
    }
  };
}

const picked = ({ base64, ...rest }: z.output<typeof file>): Picked => ({
  ...rest,
  bytes: Buffer.from(base64, 'base64'),
});
