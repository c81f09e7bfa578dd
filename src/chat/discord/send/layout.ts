import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import { moreAction } from '../../../../commands/more.ts';
import { shareAction } from '../../../../commands/share.ts';
import { starAction } from '../../../../commands/star.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Button, Card } from '../../chat.ts';
import { bar } from '../../kit/text.ts';
import { buttonMark, type MessageRef, userOf, writeButton } from '../ids.ts';
import { covered, fileName, quoted } from '../text.ts';

export const thumbnailOf = ({ options }: Task): string => fileName('picture.jpg', options);

const MAX_SCENE = 700;
const BAR_CELLS = 12;
const COLORS: Partial<Record<Card['state'], number>> = { delivered: 0x3ba55d, failed: 0xed4245, cancelled: 0x747f8d };
const UNDER_WAY_COLOR = 0x5865f2;

const STYLES: Record<Button['style'], ButtonStyle> = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
};
/** Stands where nothing can be pressed: by its buttons a message is found again after an answer was lost. */
const NO_BUTTON: Button = { action: 'none', label: '…', style: 'plain' };

const MAX_IN_ROW = 5;

/** A message's buttons, in a row. */
export const buttonRow = (
  buttons: readonly Button[],
  { task, letter }: { task: Pick<Task, 'id'>; letter: string },
) => ({
  type: ComponentType.ActionRow as const,
  components: (buttons.length > 0 ? buttons : [NO_BUTTON]).map((button) => ({
    type: ComponentType.Button as const,
    style: STYLES[button.style],
    label: button.label,
    custom_id: writeButton({ action: button.action, taskId: task.id, letter, n: 0 }),
    disabled: button === NO_BUTTON,
  })),
});

/** The same in as many rows as they need. */
export const buttonRows = (buttons: readonly Button[], of: Parameters<typeof buttonRow>[1]) =>
  Array.from({ length: Math.max(1, Math.ceil(buttons.length / MAX_IN_ROW)) }, (_, n) =>
    buttonRow(buttons.slice(n * MAX_IN_ROW, (n + 1) * MAX_IN_ROW), of),
  );

/** How a card is shown. */
export interface CardLook {
  /** The letter of its kind of message. */
  letter: string;
  /** The picture goes along, or is there. */
  picture: boolean;
  /** False where the server refused the words of the scene. */
  scene: boolean;
  /** Where the clip is; of several takes, those that came. */
  clips: readonly MessageRef[];
  /** Addresses of them that work now, where the card is to show them. */
  videos: readonly string[];
}

/** Facts in small letters. */
export const factsLine = (facts: readonly string[], options: Task['options']): string =>
  `-# ${covered(facts.join(' · '), options)}`;

/** The card as the body of a message. It mentions nobody. */
export function cardBody(task: Task, card: Card, look: CardLook) {
  const words = messagesFor(task.locale);
  const text = {
    type: ComponentType.TextDisplay,
    content: [
      look.scene ? covered(`**${quoted(card.scene, MAX_SCENE)}**`, task.options) : `*${words.discord.noScene}*`,
      factsLine(card.facts, task.options),
    ].join('\n'),
  };
  const thumbnail = {
    type: ComponentType.Thumbnail,
    media: { url: `attachment://${thumbnailOf(task)}` },
    description: words.discord.pictureAlt,
    spoiler: task.options.spoiler,
  };
  const gallery = look.videos.length > 0 && {
    type: ComponentType.MediaGallery,
    items: look.videos.map((url) => ({ media: { url }, spoiler: task.options.spoiler })),
  };
  return {
    flags: MessageFlags.IsComponentsV2,
    allowed_mentions: { parse: [] },
    components: [
      {
        type: ComponentType.Container,
        accent_color: COLORS[card.state] ?? UNDER_WAY_COLOR,
        components: [
          look.picture ? { type: ComponentType.Section, components: [text], accessory: thumbnail } : text,
          ...(gallery ? [gallery] : []),
          { type: ComponentType.TextDisplay, content: statusOf(task, card, look) },
          ...buttonRows(cardButtons(card, look), { task, letter: look.letter }),
        ],
      },
    ],
  };
}

function statusOf(task: Task, { status, state, progress }: Card, { clips }: CardLook): string {
  const words = messagesFor(task.locale).discord;
  const lines = [status];
  if (progress !== undefined) lines.push(bar(progress, BAR_CELLS));
  const [clip, ...others] = state === 'delivered' ? clips.map((ref) => linkTo(task, ref)) : [];
  if (clip !== undefined) lines.push(others.length === 0 ? words.clipThere(clip) : words.clipsThere([clip, ...others]));
  return lines.join('\n');
}

const linkTo = ({ place }: Task, { channel, message }: MessageRef): string =>
  `https://discord.com/channels/${place.community ?? '@me'}/${channel}/${message}`;

/** Buttons that make another clip hang under the clip alone: there they are renewed. These hang under its card, too. */
const BESIDE_CLIP: readonly string[] = [starAction.id, shareAction.id, moreAction.id];
const cardButtons = ({ buttons, clips: takes }: Card, { clips }: CardLook): readonly Button[] =>
  clips.length > 0 && !takes ? buttons.filter(({ action }) => BESIDE_CLIP.includes(action)) : buttons;

/** A text for the person who asked, who alone is pinged, unless it is for others. */
export function textBody(
  task: Task,
  { lines, buttons, letter, pings }: { lines: string[]; buttons: readonly Button[]; letter: string; pings: boolean },
) {
  const user = userOf(task);
  const content = lines.filter((line) => line !== '').join('\n');
  return {
    content: pings ? `<@${user}> ${content}` : content,
    allowed_mentions: { parse: [], users: pings ? [user] : [], replied_user: false },
    components: buttonRows(buttons, { task, letter }),
  };
}

/** Whether the picture of a card is there: a file that a component shows is not listed among a message's own. */
export const hasThumbnail = (components: unknown): boolean =>
  new RegExp(`"type":${ComponentType.Thumbnail}[,}]`).test(JSON.stringify(components ?? []));

/** Whether one of a message's buttons says that it is a task's message of this kind. */
export const hasOurButton = (components: unknown, taskId: string, letter: string): boolean =>
  JSON.stringify(components ?? []).includes(buttonMark(taskId, letter));
