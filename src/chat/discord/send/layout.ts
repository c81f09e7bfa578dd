import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import type { Button, Card } from '../../chat.ts';
import { buttonMark, type MessageRef, userOf, writeButton } from '../ids.ts';
import { quoted } from '../text.ts';

export const THUMBNAIL = 'picture.jpg';

const MAX_SCENE = 700;
const BAR_CELLS = 12;
const COLORS: Partial<Record<Card['state'], number>> = { delivered: 0x3ba55d, failed: 0xed4245, cancelled: 0x747f8d };
const UNDER_WAY_COLOR = 0x5865f2;

const STYLES: Record<Button, ButtonStyle> = {
  cancel: ButtonStyle.Secondary,
  again: ButtonStyle.Primary,
  edit: ButtonStyle.Secondary,
  delete: ButtonStyle.Danger,
  retry: ButtonStyle.Primary,
  leave: ButtonStyle.Secondary,
};

/** A message's buttons, in a row. */
export function buttonRow(
  buttons: readonly Button[],
  { task, letter, disabled = false }: { task: Task; letter: string; disabled?: boolean },
) {
  const words = messagesFor(task.locale).buttons;
  return {
    type: ComponentType.ActionRow,
    components: buttons.map((action) => ({
      type: ComponentType.Button,
      style: STYLES[action],
      label: words[action],
      custom_id: writeButton({ action, taskId: task.id, letter, n: 0 }),
      ...(disabled ? { disabled } : {}),
    })),
  };
}

/** How a card is shown. */
export interface CardLook {
  /** The letter of its kind of message. */
  letter: string;
  /** The picture goes along, or is there. */
  picture: boolean;
  /** False where the server refused the words of the scene. */
  scene: boolean;
  /** Where the clip is. */
  clip?: MessageRef;
}

/** The card as the body of a message. It mentions nobody. */
export function cardBody(task: Task, card: Card, look: CardLook) {
  const words = messagesFor(task.locale);
  const text = {
    type: ComponentType.TextDisplay,
    content: [
      look.scene ? `**${quoted(card.scene, MAX_SCENE)}**` : `*${words.discord.noScene}*`,
      `-# ${[words.discord.options(task.options), card.picture].filter(Boolean).join(' · ')}`,
    ].join('\n'),
  };
  const thumbnail = {
    type: ComponentType.Thumbnail,
    media: { url: `attachment://${THUMBNAIL}` },
    description: words.discord.pictureAlt,
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
          { type: ComponentType.TextDisplay, content: statusOf(task, card, look) },
          cardButtons(task, card, look),
        ],
      },
    ],
  };
}

function statusOf(task: Task, { status, state, progress, readyAt }: Card, { clip }: CardLook): string {
  const words = messagesFor(task.locale);
  const lines = [status];
  if (state === 'rendering' && readyAt !== undefined) {
    const when = `<t:${Math.ceil(readyAt / 1000)}:R>`;
    lines[0] = `${words.status.rendering(progress, undefined)}, ${words.discord.readyIn(when)}`;
  }
  if (progress !== undefined) lines.push(bar(progress));
  if (state === 'delivered' && clip) lines.push(words.discord.clipThere(linkTo(task, clip)));
  return lines.join('\n');
}

function bar(progress: number): string {
  const full = Math.round(Math.min(1, Math.max(0, progress)) * BAR_CELLS);
  return `${'▰'.repeat(full)}${'▱'.repeat(BAR_CELLS - full)}`;
}

const linkTo = ({ place }: Task, { channel, message }: MessageRef): string =>
  `https://discord.com/channels/${place.community ?? '@me'}/${channel}/${message}`;

/**
 * Always some, though they may be disabled: by them a card is found again after an answer was lost. What hangs under the
 * clip is not repeated.
 */
function cardButtons(task: Task, { buttons }: Card, { letter, clip }: CardLook) {
  const shown = clip ? buttons.filter((button) => button === 'delete') : buttons;
  return shown.length > 0
    ? buttonRow(shown, { task, letter })
    : buttonRow(['cancel'], { task, letter, disabled: true });
}

/** A text for the person who asked, who alone is pinged. */
export function textBody(
  task: Task,
  { lines, buttons, letter }: { lines: string[]; buttons: Button[]; letter: string },
) {
  const user = userOf(task);
  return {
    content: `<@${user}> ${lines.filter((line) => line !== '').join('\n')}`,
    allowed_mentions: { parse: [], users: [user], replied_user: false },
    components: [buttonRow(buttons, { task, letter })],
  };
}

/** Whether one of a message's buttons says that it is a task's message of this kind. */
export const isMarked = (components: unknown, taskId: string, letter: string): boolean =>
  JSON.stringify(components ?? []).includes(buttonMark(taskId, letter));
