import { ApplicationCommandType, InteractionResponseType, InteractionType, ComponentType as T } from 'discord.js';
import type { Cdn } from './cdn.ts';
import { isOffered, resolvedFor } from './channel-select.ts';
import type { Command, Commands } from './commands.ts';
import { type AnyComponent, everyComponent } from './components.ts';
import {
  type Filled,
  fillModal,
  fillOptions,
  isPicked,
  type ModalValues,
  type OptionValue,
  type Picked,
} from './fields.ts';
import { cleanName, sizeOf } from './files.ts';
import type { Gateway } from './gateway.ts';
import { ACK_MS, type Ack, type Interaction, type Interactions, tokenFor } from './interactions.ts';
import { botPermissions, memberPermissions } from './permissions.ts';
import { wireAttachment, wireChannel, wireMember, wireMessage, wireRole, wireUser } from './wire.ts';
import { type Channel, FLAGS, type Message, type User, type World } from './world.ts';

/** Something a person did, and what became of it. */
export interface Deed {
  interaction: Interaction;
  /** The first answer. Rejects once Discord would say "did not respond". */
  acknowledged(): Promise<Ack>;
  /** The answer's message once it is there and no longer loading. */
  answer(withinMs?: number): Promise<Message>;
}

export interface Slash {
  user: User;
  channel: Channel;
  /** With its subcommand: `clips list`. */
  command: string;
  options?: Record<string, OptionValue>;
  /** For the command's first option that takes a file. */
  attachment?: Picked;
  /** By a client that sends what it likes. */
  forged?: boolean;
}

/** Under a server's boost, in bytes, as `attachment_size_limit` tells. */
const BOOSTED: Record<number, number> = { 2: 50 * 1024 * 1024, 3: 100 * 1024 * 1024 };

/** Does what people do. Throws where Discord's client would not let them. */
export function createPeople({
  world,
  cdn,
  gateway,
  interactions,
  commands,
  uploadLimit,
}: {
  world: World;
  cdn: Cdn;
  gateway: Gateway;
  interactions: Interactions;
  commands: Commands;
  uploadLimit: number;
}) {
  function begin(
    { user, channel }: { user: User; channel: Channel },
    own: Pick<Interaction, 'type' | 'name'> & { sourceId?: string },
    data: object,
    extra: object = {},
  ): Deed {
    const guild = world.guildOf(channel);
    const permissions = guild?.members.get(user.id);
    if (channel.deleted) throw new Error('nobody can do anything in a deleted channel');
    if (guild && permissions === undefined) throw new Error(`${user.username} is not a member of ${guild.name}`);
    if (!guild && channel.recipientId !== user.id) throw new Error(`${user.username} is not in this conversation`);
    if (guild && !guild.botIsIn) throw new Error('the bot is not in this server');
    const id = world.nextId();
    const limit = Math.max(
      uploadLimit,
      user.uploadLimit ?? 0,
      guild?.uploadLimit ?? BOOSTED[guild?.premiumTier ?? 0] ?? 0,
    );
    const interaction: Interaction = {
      id,
      token: tokenFor(id),
      userId: user.id,
      channelId: channel.id,
      ...own,
      ...(guild ? { guildId: guild.id } : {}),
      createdAt: world.clock.now(),
      uploadLimit: limit,
      refused: [],
    };
    interactions.all.set(id, interaction);
    gateway.tell(guild?.id, 'INTERACTION_CREATE', {
      id,
      application_id: world.applicationId,
      type: own.type,
      token: interaction.token,
      version: 1,
      data,
      channel: wireChannel(world, channel),
      channel_id: channel.id,
      locale: user.locale,
      entitlements: [],
      ...(guild && permissions !== undefined
        ? {
            ...{ guild_id: guild.id, guild: { id: guild.id, locale: guild.locale, features: guild.features } },
            guild_locale: guild.locale,
            member: wireMember(guild, user, permissions),
          }
        : { user: wireUser(user) }),
      ...{ authorizing_integration_owners: { 0: guild?.id ?? '0' }, context: guild ? 0 : 1 },
      attachment_size_limit: limit,
      app_permissions: String(botPermissions(world, channel)),
      ...extra,
    });
    world.touch();
    return deed(interaction);
  }

  function deed(interaction: Interaction): Deed {
    const acknowledged = () =>
      world.until(() => {
        if (interaction.ack) return interaction.ack;
        const { refused, createdAt } = interaction;
        if (world.clock.now() - createdAt <= ACK_MS) return undefined;
        throw new Error(`This application did not respond (refused: ${refused.join(', ') || 'nothing was tried'})`);
      }, ACK_MS + 100);
    return {
      interaction,
      acknowledged,
      async answer(withinMs) {
        const { messageId } = await acknowledged();
        return world.until(() => {
          const message = world.messages.get(messageId ?? '');
          return message && !(message.flags & FLAGS.loading) ? message : undefined;
        }, withinMs);
      },
    };
  }

  /** A file that goes along with an interaction. */
  function uploads(user: User, channel: Channel) {
    const attachments: Record<string, object> = {};
    const limit = Math.max(uploadLimit, user.uploadLimit ?? 0, world.guildOf(channel)?.uploadLimit ?? 0);
    return {
      attachments,
      upload({ bytes, name, content_type: contentType = 'image/png', ...given }: Picked): string {
        if (bytes.length > limit) throw new Error('the client does not upload a file that large');
        const [id, filename] = [world.nextId(), cleanName(name)];
        const path = `/ephemeral-attachments/${world.applicationId}/${id}/${filename}`;
        cdn.put(path, { bytes, type: contentType });
        const { width, height } = { ...sizeOf(bytes), ...given };
        const size = width === undefined || height === undefined ? {} : { width, height };
        const file = { id, filename, size: bytes.length, contentType, bytes, ...size, spoiler: given.spoiler };
        attachments[id] = { ...wireAttachment(cdn, path, file), ephemeral: true };
        return id;
      },
    };
  }

  function usable(name: string, type: ApplicationCommandType, channel: Channel): Command {
    const command = commands.find(name, type, channel.guildId);
    if (!command) throw new Error(`there is no command ${name}, only ${commands.names().join(', ') || 'none at all'}`);
    const context = channel.guildId === undefined ? 1 : 0;
    if (command.contexts && !command.contexts.includes(context)) throw new Error(`${name} cannot be used here`);
    return command;
  }

  const commandData = ({ id, name, type, guildId }: Command) => ({
    ...{ id, name, type, ...(guildId === undefined ? {} : { guild_id: guildId }) },
  });

  return {
    slash({ user, channel, command: words, options = {}, attachment, forged = false }: Slash): Deed {
      const [name = '', ...path] = words.split(' ');
      const command = usable(name, ApplicationCommandType.ChatInput, channel);
      const needed = BigInt(command.default_member_permissions ?? 0);
      const isOffered = channel.guildId === undefined || (memberPermissions(world, channel, user) & needed) === needed;
      if (!isOffered && !forged) throw new Error(`the client offers ${user.username} no ${name}`);
      const { attachments, upload } = uploads(user, channel);
      const slot = attachment && firstFileOption(command, path);
      const values = attachment && slot !== undefined ? { ...options, [slot]: attachment } : options;
      const filled: Filled[] = fillOptions(command, path, values, upload);
      const hasFiles = Object.values(values).some(isPicked);
      return begin(
        { user, channel },
        { type: InteractionType.ApplicationCommand, name },
        { ...commandData(command), options: filled, ...(hasFiles ? { resolved: { attachments } } : {}) },
      );
    },

    /** Chooses a command from a message's menu ("Apps"). */
    menu({ user, message, command: name }: { user: User; message: Message; command: string }): Deed {
      const channel = world.channel(message.channelId);
      const command = usable(name, ApplicationCommandType.Message, channel);
      if (message.deletedAt !== undefined) throw new Error('the message is gone');
      return begin(
        { user, channel },
        { type: InteractionType.ApplicationCommand, name },
        {
          ...commandData(command),
          target_id: message.id,
          resolved: { messages: { [message.id]: wireMessage(world, cdn, message) } },
        },
      );
    },

    /** Types in a command's option; `acknowledged` tells what is offered. */
    type({
      user,
      channel,
      command: name,
      option,
      typed,
    }: {
      user: User;
      channel: Channel;
      command: string;
      option: string;
      typed: string;
    }): Deed {
      const command = usable(name, ApplicationCommandType.ChatInput, channel);
      const found = command.options.find((it) => it.name === option);
      if (!found?.autocomplete) throw new Error(`/${name} completes no ${option}`);
      return begin(
        { user, channel },
        { type: InteractionType.ApplicationCommandAutocomplete, name },
        { ...commandData(command), options: [{ name: option, type: found.type, value: typed, focused: true }] },
      );
    },

    /** Reacts to a message, or takes it back. */
    react(user: User, message: Message, emoji: string, { isOn = true } = {}): void {
      const channel = world.channel(message.channelId);
      if (message.ephemeralFor !== undefined) throw new Error('nobody reacts to what one person sees');
      if (world.guildOf(channel)?.members.has(user.id) === false && !user.bot)
        throw new Error(`${user.username} is not there`);
      gateway.tellReaction(message, user, { emoji, isOn });
    },

    /**
     * Presses a button (by its custom id or its label), or chooses `values` in a select: channels and roles by their ids. `forged`:
     * by a client that sends what it likes.
     */
    press(user: User, message: Message, which: string, values?: string[], { forged = false } = {}): Deed {
      const component = forged
        ? (controlOn(message, which) ?? { type: T.Button, custom_id: which })
        : findControl(message, which);
      if (message.deletedAt !== undefined) throw new Error('the message is gone');
      if (message.ephemeralFor !== undefined && message.ephemeralFor !== user.id)
        throw new Error(`${user.username} does not see this message`);
      const { custom_id, type, options } = component;
      const known = Array.isArray(options) ? options.map(({ value }) => value) : undefined;
      if (known && !values?.every((it) => known.includes(it)))
        throw new Error(`${which} offers only ${known.join(', ')}`);
      const channel = world.channel(message.channelId);
      const channels = type === T.ChannelSelect ? (values ?? []).map((id) => world.channel(id)) : [];
      const stranger = channels.find((it) => !isOffered(world, component, { channel, it, user }));
      if (stranger && !forged) throw new Error(`the client offers nobody ${stranger.name} here`);
      // What is not of the server is not resolved.
      const resolved = channels
        .filter(({ guildId }) => guildId === channel.guildId)
        .map((it) => resolvedFor(world, it, user));
      const chosenRoles = type === T.RoleSelect ? (values ?? []) : [];
      const there = world.guildOf(channel)?.roles;
      const roles = chosenRoles.flatMap((id) => {
        const name = there?.get(id);
        if (name === undefined && !forged) throw new Error(`the client offers no role ${id}`);
        return name === undefined ? [] : [[id, wireRole(id, name)] as const];
      });
      return begin(
        { user, channel },
        { type: InteractionType.MessageComponent, name: String(custom_id), sourceId: message.id },
        {
          custom_id,
          component_type: type,
          ...(values ? { values } : {}),
          ...(type === T.ChannelSelect
            ? { resolved: { channels: Object.fromEntries(resolved.map((it) => [it.id, it])) } }
            : {}),
          ...(type === T.RoleSelect ? { resolved: { roles: Object.fromEntries(roles) } } : {}),
        },
        { message: wireMessage(world, cdn, message) },
      );
    },

    /** Fills in and sends the modal that a deed was answered with. */
    async submit({ interaction, acknowledged }: Deed, values: ModalValues): Promise<Deed> {
      const { type, modal } = await acknowledged();
      if (type !== InteractionResponseType.Modal || !modal) throw new Error('no modal was shown');
      const user = world.users.get(interaction.userId);
      if (!user) throw new Error('nobody is there');
      const channel = world.channel(interaction.channelId);
      const { attachments, upload } = uploads(user, channel);
      const components = fillModal(modal, values, upload);
      const source = interaction.sourceId === undefined ? undefined : world.messages.get(interaction.sourceId);
      const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
      return begin(
        { user, channel },
        {
          type: InteractionType.ModalSubmit,
          name: modal.custom_id,
          ...(source ? { sourceId: source.id } : {}),
        },
        { custom_id: modal.custom_id, components, ...resolved },
        source ? { message: wireMessage(world, cdn, source) } : {},
      );
    },
  };
}

export type People = ReturnType<typeof createPeople>;

function firstFileOption(command: Command, path: string[]): string {
  const inner = path.reduce<{ name: string; type: number; options?: Command['options'] | undefined }[]>(
    (options, step) => options.find(({ name }) => name === step)?.options ?? [],
    command.options,
  );
  const found = inner.find(({ type }) => type === 11);
  if (!found) throw new Error(`/${command.name} takes no file`);
  return found.name;
}

const controlsOf = ({ components }: Message): AnyComponent[] =>
  everyComponent(components).filter(({ custom_id }) => custom_id !== undefined);
const controlOn = (message: Message, which: string): AnyComponent | undefined =>
  controlsOf(message).find(({ custom_id, label }) => custom_id === which || label === which);

/** What a person can press on a message as it is now. */
function findControl(message: Message, which: string): AnyComponent {
  const found = controlOn(message, which);
  const controls = controlsOf(message);
  const labels = controls.map(({ label, custom_id }) => label ?? custom_id);
  if (!found) throw new Error(`there is no ${which} on this message, only ${labels.join(', ') || 'no buttons'}`);
  if (found.disabled) throw new Error(`${which} is disabled`);
  if (found.type === T.Button && found.url !== undefined) throw new Error(`${which} is a link`);
  return found;
}
