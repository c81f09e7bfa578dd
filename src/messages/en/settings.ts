import { commands } from './commands.ts';
import { counted } from './say.ts';

/** The words of one setting of a chat. */
interface RowWords {
  label: string;
  /** What else should be known of it. */
  hint?: string;
  /** What holds where neither the chat nor the operator says. */
  unset?: string;
  values?: Readonly<Record<string, string>>;
}

const row = (words: RowWords): RowWords => words;

/** What those who manage a chat can set there. Labels go into forms, which take 45 characters. */
export const settings = {
  title: {
    server: 'Settings of this server',
    chat: 'Settings of this chat',
    own: 'Your settings here',
  },
  rows: {
    isOn: row({ label: 'Makes clips here' }),
    language: row({ label: 'Language', hint: 'Of all that I say here', unset: 'each person’s own' }),
    shape: row({
      label: commands.animate.options.shape.label,
      hint: commands.animate.options.shape.description,
      values: commands.animate.options.shape.choices,
    }),
    fit: row({
      label: commands.animate.options.fit.label,
      hint: commands.animate.options.fit.description,
      values: commands.animate.options.fit.choices,
    }),
    duration: row({ label: 'Length', values: commands.animate.options.duration.choices }),
    isCovered: row({ label: 'Cover all clips', hint: 'Pictures and clips are seen once they are tapped' }),
    reply: row({
      label: 'Where clips come',
      values: { thread: 'in a thread on their card', reply: 'as a reply to their card' },
    }),
    perPerson: row({
      label: 'Clips a day for each person',
      hint: 'In each chat or channel; clips that cost nothing do not count',
      unset: 'no limit',
    }),
    perChat: row({
      label: 'Clips a day for all together',
      hint: 'In each chat or channel; clips that cost nothing do not count',
      unset: 'no limit',
    }),
    roles: row({ label: 'Who may ask for clips', hint: 'Those with one of these roles', unset: 'everybody' }),
    channels: row({
      label: 'Where clips may be asked for',
      hint: 'Threads count as their channel',
      unset: 'everywhere',
    }),
    toGallery: row({
      label: 'Into the gallery of this bot',
      hint: 'Clips made here that many people starred are shown there',
    }),
    gallery: row({
      label: 'A gallery of this server',
      hint: 'Clips made here that many people starred are shown in this channel, too',
      unset: 'none',
    }),
    starsNeeded: row({ label: 'Stars needed for the gallery' }),
  },
  switches: { on: 'yes', off: 'no' },
  several: {
    roles: (n: number): string => counted(n, { one: 'role', other: 'roles' }),
    channels: (n: number): string => counted(n, { one: 'place', other: 'places' }),
  },
  asUsual: (value: string | undefined): string => (value === undefined ? 'as usual' : `as usual (${value})`),
  line: (label: string, shown: string): string => `${label}: ${shown}`,
  now: (shown: string): string => `Now: ${shown}`,
  /** A value's button, where it holds. */
  chosen: (label: string): string => `✓ ${label}`,
  /** Over a number: what it may be. */
  range: (min: number, max: number): string => `From ${min} to ${max}; empty: as usual`,
  choose: 'What do you want to change?',
  change: 'Change',
  back: 'Back',
  /** Of the place where one is. */
  alsoHere: 'Also in this topic',
  onlyHere: 'Only in this topic',
  notHereAnyMore: 'Not in this topic any more',
  lately: 'Last changes',
  changed: ({ who, what, to, ago }: { who: string; what: string; to: string; ago: string }): string =>
    `${who}: ${what}, ${to} (${ago})`,

  notYours: 'Only those who look after this chat can do that.',
  unknown: 'This setting is not there any more. Say /settings to see those that are.',
  wrong: (label: string): string => `"${label}" does not take this value. Choose another one.`,
  switchedOff: 'Those who look after this chat have switched clips off here.',
  notHere: 'Clips cannot be asked for here. Those who look after this chat can tell you where.',
  noRole: 'Clips are for some roles only here. Those who look after this server can tell you which.',
};
