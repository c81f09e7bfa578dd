import { randomUUID } from 'node:crypto';
import { InteractionType, InteractionResponseType as R } from 'discord.js';
import { z } from 'zod';
import type { Cdn } from './cdn.ts';
import type { Drafts } from './drafts.ts';
import { type Modal, readModal } from './modals.ts';
import { invalid, parse, refuse } from './refusal.ts';
import type { Asked, Route } from './server.ts';
import { wireMessage } from './wire.ts';
import { FLAGS, type Message, type World } from './world.ts';

/** Discord's tokens hold the interaction's id. */
export const tokenFor = (id: string): string => Buffer.from(`interaction:${id}:${randomUUID()}`).toString('base64url');
const idIn = (token: string): string => Buffer.from(token, 'base64url').toString().split(':')[1] ?? '';

/** How long an interaction waits for its first answer, and how long its token works. */
export const ACK_MS = 3000;
const TOKEN_MS = 15 * 60_000;

export interface Ack {
  type: R;
  at: number;
  /** By the stand-in's clock, from the event to the answer. */
  latencyMs: number;
  isEphemeral: boolean;
  /** The message it made, where it made one; a deferred one while it loads too. */
  messageId?: string;
  modal?: Modal;
  /** What is offered to somebody who types. */
  choices?: { name: string; value: string | number }[];
}

export interface Interaction {
  id: string;
  token: string;
  type: InteractionType;
  userId: string;
  channelId: string;
  guildId?: string;
  /** The command's name or the button's custom id. */
  name: string;
  /** The message a component is on. */
  sourceId?: string;
  createdAt: number;
  uploadLimit: number;
  ack?: Ack;
  /** Codes of answers that were refused. */
  refused: number[];
}

const offered = z.object({
  choices: z
    .array(z.object({ name: z.string().min(1).max(100), value: z.union([z.string().min(1).max(100), z.number()]) }))
    .max(25),
});

const callback = z.object({ type: z.int(), data: z.looseObject({ flags: z.int().nullish() }).nullish() });

export function createInteractions({ world, cdn, drafts }: { world: World; cdn: Cdn; drafts: Drafts }) {
  const all = new Map<string, Interaction>();
  const { now } = world.clock;

  const placeOf = (it: Interaction, isEphemeral: boolean) => ({
    channel: world.channel(it.channelId),
    limit: it.uploadLimit,
    interaction: {
      id: it.id,
      userId: it.userId,
      sourceId: it.sourceId,
      ...(it.type === InteractionType.ApplicationCommand ? { name: it.name } : {}),
    },
    ...(isEphemeral ? { ephemeralFor: it.userId } : {}),
  });

  /** "Thinking …": empty until it is edited. */
  function loading(it: Interaction, isEphemeral: boolean): Message {
    const message: Message = {
      id: world.nextId(),
      channelId: it.channelId,
      authorId: world.bot.id,
      content: '',
      embeds: [],
      components: [],
      attachments: [],
      createdAt: now(),
      revisions: [],
      flags: FLAGS.loading | (isEphemeral ? FLAGS.ephemeral : 0),
      interaction: placeOf(it, isEphemeral).interaction,
      ...(isEphemeral ? { ephemeralFor: it.userId } : {}),
    };
    return world.add(message);
  }

  /** Does what the first answer asks for. */
  function carryOut(it: Interaction, { type, data }: z.output<typeof callback>, files: Asked['files']): Partial<Ack> {
    const isEphemeral = ((data?.flags ?? 0) & FLAGS.ephemeral) !== 0;
    const isTyping = it.type === InteractionType.ApplicationCommandAutocomplete;
    if (isTyping !== (type === R.ApplicationCommandAutocompleteResult))
      throw invalid('type', 'This type of answer does not fit', 'INTERACTION_TYPE_INVALID');
    const source = it.sourceId === undefined ? undefined : world.messages.get(it.sourceId);
    switch (type) {
      case R.ChannelMessageWithSource:
        return { isEphemeral, messageId: drafts.create(data, files, placeOf(it, isEphemeral)).id };
      case R.DeferredChannelMessageWithSource:
        return { isEphemeral, messageId: loading(it, isEphemeral).id };
      case R.DeferredMessageUpdate:
      case R.UpdateMessage: {
        if (!source) throw invalid('type', 'There is no message to update', 'INTERACTION_TYPE_INVALID');
        if (type === R.UpdateMessage) {
          if (source.deletedAt !== undefined) throw refuse(10008);
          drafts.change(source, data, files, placeOf(it, source.ephemeralFor !== undefined));
        }
        return { isEphemeral: source.ephemeralFor !== undefined, messageId: source.id };
      }
      case R.ApplicationCommandAutocompleteResult:
        return { choices: parse(offered, data ?? {}, ['data']).choices };
      case R.Modal: {
        if (it.type === InteractionType.ModalSubmit) throw invalid('type', 'A modal cannot answer a modal');
        return { modal: readModal(data) };
      }
      default:
        throw invalid('type', 'This type of answer does not fit', 'INTERACTION_TYPE_INVALID');
    }
  }

  function acknowledge({ params, query, body, files }: Asked) {
    const it = all.get(params.interaction ?? '');
    const say = (code: 10062 | 40060 | 50083) => {
      it?.refused.push(code);
      world.touch();
      return refuse(code);
    };
    if (!it || it.token !== params.token) throw refuse(10062);
    // A token that was used in time is known for 15 minutes; one that was not, for three seconds.
    if (!it.ack && now() - it.createdAt > ACK_MS) throw say(10062);
    if (it.ack) throw say(now() - it.createdAt > TOKEN_MS ? 10062 : 40060);
    const { thread } = world.channel(it.channelId);
    if (thread?.archived && thread.locked) throw say(50083);
    const read = parse(callback, body ?? {});
    const done = carryOut(it, read, files);
    it.ack = { type: read.type, at: now(), latencyMs: now() - it.createdAt, isEphemeral: false, ...done };
    world.touch();
    return query.get('with_response') === 'true' ? response(it, it.ack) : undefined;
  }

  function response(it: Interaction, { type, messageId, isEphemeral }: Ack) {
    const message = messageId === undefined ? undefined : world.messages.get(messageId);
    const isDirect = type === R.ChannelMessageWithSource || type === R.UpdateMessage;
    return {
      interaction: {
        id: it.id,
        type: it.type,
        ...(message
          ? {
              response_message_id: message.id,
              response_message_ephemeral: isEphemeral,
              response_message_loading: (message.flags & FLAGS.loading) !== 0,
            }
          : {}),
      },
      ...(message && isDirect ? { resource: { type, message: wireMessage(world, cdn, message) } } : {}),
    };
  }

  /** The acknowledged interaction of a token that still works. */
  function ofToken({ webhook, token }: Record<string, string>): Interaction & { ack: Ack } {
    const it = all.get(idIn(token ?? ''));
    const { ack } = it ?? {};
    if (!it || !ack || it.token !== token || webhook !== world.applicationId) throw refuse(10015);
    if (now() - it.createdAt > TOKEN_MS) throw refuse(50027);
    return { ...it, ack };
  }

  function ownMessage(it: Interaction & { ack: Ack }, { message: wanted }: Record<string, string>): Message {
    const message = world.messages.get((wanted === '@original' ? it.ack.messageId : wanted) ?? '');
    const isOwn = message?.interaction?.id === it.id || message?.id === it.ack.messageId;
    if (!message || !isOwn || message.deletedAt !== undefined) throw refuse(10008);
    return message;
  }

  function followUp({ params, body, files }: Asked) {
    const it = ofToken(params);
    const original = world.messages.get(it.ack.messageId ?? '');
    // The first follow-up of a defer fills it; its own word on who may see it counts for nothing.
    if (original && original.flags & FLAGS.loading)
      return wireMessage(world, cdn, drafts.change(original, body, files, placeOf(it, it.ack.isEphemeral)));
    const flags = z.looseObject({ flags: z.int().nullish() }).parse(body ?? {}).flags ?? 0;
    const message = drafts.create(body, files, placeOf(it, (flags & FLAGS.ephemeral) !== 0));
    return wireMessage(world, cdn, message);
  }

  const get = ({ params }: Asked) => wireMessage(world, cdn, ownMessage(ofToken(params), params));

  function edit({ params, body, files }: Asked) {
    const it = ofToken(params);
    const message = ownMessage(it, params);
    const isEphemeral = message.ephemeralFor !== undefined;
    return wireMessage(world, cdn, drafts.change(message, body, files, placeOf(it, isEphemeral)));
  }

  function remove({ params }: Asked): undefined {
    drafts.remove(ownMessage(ofToken(params), params));
  }

  const [webhook, isBots] = ['/webhooks/:webhook/:token', false];
  const routes: Route[] = [
    {
      name: 'callback',
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      isBots,
      handle: acknowledge,
    },
    { name: 'followUp', method: 'POST', path: webhook, isBots, handle: followUp },
    { name: 'getAnswer', method: 'GET', path: `${webhook}/messages/:message`, isBots, handle: get },
    { name: 'editAnswer', method: 'PATCH', path: `${webhook}/messages/:message`, isBots, handle: edit },
    { name: 'deleteAnswer', method: 'DELETE', path: `${webhook}/messages/:message`, isBots, handle: remove },
  ];
  return { routes, all };
}

export type Interactions = ReturnType<typeof createInteractions>;
