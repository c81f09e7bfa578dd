import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ChannelType,
  ComponentType,
  MessageFlags,
  type RepliableInteraction,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import type { Reply, SettingField } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { readSetting, type SettingId, writeSetting } from '../ids.ts';
import { oneLine, quoted } from '../text.ts';
import { type Acknowledged, acknowledged, openForm } from './acknowledge.ts';
import type { RequestDeps } from './deps.ts';

type SettingsReply = Extract<Reply, { type: 'settings' }>;

/** The one field of a number's form. */
export const NUMBER_FIELD = 'value';
const MAX_LABEL = 100;
const MAX_TITLE = 45;
const MAX_CHANGE = 200;
/** Places that clips may be asked for in; threads count as theirs. */
const CHANNEL_TYPES = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum] as const;
/** A forum has no messages of its own. */
const POST_TYPES = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

/** Shows what is set to the person alone, or the one setting that they picked; in place of what stood there before. */
export function showSettings(
  interaction: RepliableInteraction,
  reply: SettingsReply,
  deps: Pick<RequestDeps, 'clock'>,
): Promise<Acknowledged> {
  const { locale } = reply;
  const asked = askedIn(interaction, reply);
  if (asked && !interaction.isModalSubmit()) return openForm(interaction, numberForm(asked, locale), deps);
  const field = pickedIn(interaction, reply);
  const components = field ? fieldRows(field, { locale, guild: interaction.guild }) : listRows(reply, locale);
  const title = field
    ? `**${field.label}**\n${linesOf(field, locale)}`
    : `**${reply.text}**\n${allLines(reply, locale)}`;
  const lately = field || reply.changes.length === 0 ? [] : [textOf(changeLines(reply, locale))];
  const body = {
    flags: MessageFlags.IsComponentsV2 as const,
    allowedMentions: { parse: [] },
    components: [textOf(title), ...components, ...lately],
  };
  return acknowledged(interaction, deps.clock, () => {
    const isComponent =
      interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
    // An id that a client makes up turns no card into settings.
    if (isComponent && interaction.message.flags.has(MessageFlags.Ephemeral)) return interaction.update(body);
    return interaction.reply({ ...body, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
  });
}

/** The setting that was just picked from the list. */
function pickedIn(interaction: RepliableInteraction, { fields }: SettingsReply): SettingField | undefined {
  if (!interaction.isStringSelectMenu() || readSetting(interaction.customId)?.step !== 'pick') return undefined;
  return fields.find(({ name }) => name === interaction.values[0]);
}

/** The number whose form is to open. */
function askedIn(interaction: RepliableInteraction, { fields }: SettingsReply) {
  const pressed = interaction.isButton() ? readSetting(interaction.customId) : undefined;
  const field = pressed?.step === 'ask' ? fields.find(({ name }) => name === pressed.name) : undefined;
  return field?.kind === 'number' ? field : undefined;
}

const textOf = (content: string) => ({ type: ComponentType.TextDisplay as const, content });

const rowOf = (
  ...components: APIComponentInMessageActionRow[]
): APIActionRowComponent<APIComponentInMessageActionRow> => ({ type: ComponentType.ActionRow, components });

/** Roles and channels as they are called; it pings nobody. */
function shownOf(field: SettingField): string {
  if (!('ids' in field) || field.ids.length === 0) return field.shown;
  return field.ids.map((id) => (field.kind === 'roles' ? `<@&${id}>` : `<#${id}>`)).join(' ');
}

const allLines = ({ fields }: SettingsReply, locale: string): string =>
  fields.map((field) => messagesFor(locale).settings.line(field.label, shownOf(field))).join('\n');

const linesOf = (field: SettingField, locale: string): string =>
  [messagesFor(locale).settings.now(shownOf(field)), field.hint].filter((line) => line !== undefined).join('\n');

const changeLines = ({ changes }: SettingsReply, locale: string): string =>
  [messagesFor(locale).settings.lately, ...changes].map((line) => `-# ${quoted(line, MAX_CHANGE)}`).join('\n');

const listRows = ({ fields }: SettingsReply, locale: string) => [
  rowOf({
    type: ComponentType.StringSelect,
    custom_id: writeSetting({ step: 'pick', name: '' }),
    placeholder: messagesFor(locale).settings.choose,
    options: fields.map(({ name, label, shown }) => ({ value: name, label, description: oneLine(shown, MAX_LABEL) })),
  }),
];

/** What the one setting is chosen with; below, the ways back. */
function fieldRows(field: SettingField, { locale, guild }: { locale: string; guild: RepliableInteraction['guild'] }) {
  const { asUsual, back, change } = messagesFor(locale).settings;
  const button = (step: SettingId['step'], label: string): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: writeSetting({ step, name: field.name }),
    label,
  });
  const ways = rowOf(...(field.isSet ? [button('usual', asUsual(undefined))] : []), button('back', back));
  const custom_id = writeSetting({ step: 'value', name: field.name });
  switch (field.kind) {
    case 'choice': {
      const options = field.choices.map((each) => ({ ...each, default: each.value === field.value }));
      return [rowOf({ type: ComponentType.StringSelect, custom_id, placeholder: field.shown, options }), ways];
    }
    case 'roles': {
      // What was deleted since is none that Discord takes.
      const there = field.ids.filter((id) => guild?.roles.cache.has(id));
      const default_values = there.map((id) => ({ id, type: SelectMenuDefaultValueType.Role as const }));
      const most = { min_values: 0, max_values: field.most };
      return [rowOf({ type: ComponentType.RoleSelect, custom_id, default_values, ...most }), ways];
    }
    case 'channels': {
      const there = field.ids.filter((id) => guild?.channels.cache.has(id));
      const default_values = there.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel as const }));
      const channel_types = [...(field.isPostedIn ? POST_TYPES : CHANNEL_TYPES)];
      const which = { channel_types, min_values: 0, max_values: field.most };
      return [rowOf({ type: ComponentType.ChannelSelect, custom_id, default_values, ...which }), ways];
    }
    case 'number':
      return [rowOf(button('ask', change), ...ways.components)];
  }
}

const numberForm = (
  { name, label, value, min, max }: Extract<SettingField, { kind: 'number' }>,
  locale: string,
): APIModalInteractionResponseCallbackData => ({
  custom_id: writeSetting({ step: 'value', name }),
  title: oneLine(label, MAX_TITLE),
  components: [
    {
      type: ComponentType.Label,
      label: oneLine(messagesFor(locale).settings.range(min, max), MAX_TITLE),
      component: {
        type: ComponentType.TextInput,
        custom_id: NUMBER_FIELD,
        style: TextInputStyle.Short,
        required: false,
        max_length: String(max).length,
        value: value === undefined ? undefined : String(value),
      },
    },
  ],
});
