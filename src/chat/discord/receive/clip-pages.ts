import { ButtonStyle, ComponentType, MessageFlags, type RepliableInteraction } from 'discord.js';
import { PAGE_SIZE } from '../../../../commands/gallery.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { showAction } from '../../../../commands/show.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { createSemaphore } from '../../../util/semaphore.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { readPage, writeChoice, writePage } from '../ids.ts';
import { fileName } from '../text.ts';
import { type Acknowledged, acknowledged } from './acknowledge.ts';
import { clipLine, describeClip, type ListedClip, listed } from './clip-lines.ts';
import type { RequestDeps } from './deps.ts';

const MAX_LABEL = 100;
/** The first answer waits so long for pictures, beside the record's second and a half; later they are added to it. */
const PICTURES_FIRST_MS = 600;
/** Pages whose pictures are made at once, and that wait for it; those of more stay without. */
const makePictures = createSemaphore({ room: 2, maxWaiting: 20 });

type Page = Extract<Reply, { type: 'clips' }>;
type PageDeps = Pick<RequestDeps, 'clock' | 'store' | 'files' | 'log'>;

/** The small picture of a clip on a page, as a file of its message. */
interface Picture {
  n: number;
  name: string;
  bytes: Buffer;
}

/** Shows a page of clips to the person alone; where it is turned, in place of the page before. */
export async function showPage(interaction: RepliableInteraction, reply: Page, deps: PageDeps): Promise<Acknowledged> {
  const { clock, store, log } = deps;
  const clips = await listed(reply.page.clips, store);
  const making = makePictures(() => picturesOf(clips, deps)).catch((): Picture[] => []);
  const early = (await settleWithin(making, PICTURES_FIRST_MS, clock))?.value;
  const look = (pictures: readonly Picture[]) =>
    bodyOf(reply, { clips, pictures, now: store.now(), locale: interaction.locale });
  const isTurned = interaction.isButton() && readPage(interaction.customId) !== undefined;
  const told = await acknowledged(interaction, clock, () =>
    isTurned
      ? interaction.update({ ...look(early ?? []), attachments: [] })
      : interaction.reply({ ...look(early ?? []), flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral }),
  );
  const addPictures = async () => {
    const pictures = await making;
    if (pictures.length > 0) await interaction.editReply({ ...look(pictures), attachments: [] });
  };
  if (!early && told === 'told')
    void addPictures().catch((error: unknown) => log.warn({ err: error }, 'a page of clips stayed without pictures'));
  return told;
}

async function picturesOf(clips: readonly ListedClip[], { files }: PageDeps): Promise<Picture[]> {
  const made: Picture[] = [];
  for (const [n, { task }] of clips.slice(0, PAGE_SIZE).entries()) {
    const bytes = await files.thumbnail(task);
    if (bytes) made.push({ n, name: fileName(`clip-${n + 1}.jpg`, task.options), bytes: Buffer.from(bytes) });
  }
  return made;
}

function bodyOf(
  { text, page }: Page,
  {
    clips,
    pictures,
    now,
    locale,
  }: { clips: readonly ListedClip[]; pictures: readonly Picture[]; now: number; locale: string },
) {
  const words = messagesFor(locale);
  const { view, number, hasMore } = page;
  const first = number * PAGE_SIZE + 1;
  const lines = clips.map((clip, n) => clipLine(first + n, clip, { now, locale }));
  const options = clips.map(({ task }, n) => ({
    value: task.id,
    label: describeClip(task, { now, locale, most: MAX_LABEL - 6 }).replace(/^/, `${first + n}. `),
  }));
  const items = pictures.map(({ n, name }) => ({
    media: { url: `attachment://${name}` },
    description: `${first + n}`,
    spoiler: clips[n]?.task.options.spoiler,
  }));
  const turn = (label: string, to: number, disabled: boolean) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: writePage({ view, number: to }),
    label,
    disabled,
  });
  const before = turn(words.clips.pageBefore, Math.max(0, number - 1), number === 0);
  const next = turn(words.clips.nextPage, number + 1, !hasMore);
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: writeChoice(showAction.id),
    placeholder: words.discord.chooseClip,
    options,
  };
  return {
    flags: MessageFlags.IsComponentsV2 as const,
    allowedMentions: { parse: [] },
    files: pictures.map(({ name, bytes }) => ({ attachment: bytes, name })),
    components: [
      { type: ComponentType.TextDisplay as const, content: `**${text}**` },
      ...(items.length > 0 ? [{ type: ComponentType.MediaGallery as const, items }] : []),
      ...(lines.length > 0 ? [{ type: ComponentType.TextDisplay as const, content: lines.join('\n') }] : []),
      ...(options.length > 0 ? [{ type: ComponentType.ActionRow as const, components: [select] }] : []),
      ...(number > 0 || hasMore ? [{ type: ComponentType.ActionRow as const, components: [before, next] }] : []),
    ],
  };
}
