import { type ChatInputCommandInteraction, ComponentType } from 'discord.js';
import { cancel } from '../../../../commands/cancel.ts';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../../../media/pictures/inspect.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { DURATIONS_SECONDS } from '../../../task/options.ts';
import { isOver, type Task } from '../../../task/task.ts';
import { oneLine } from '../text.ts';
import { tell } from './acknowledge.ts';
import { answerWith, inTime } from './answers.ts';
import { NAMES, OPTIONS } from './commands.ts';
import { originOf, type RequestOrigin } from './origin.ts';
import { type RequestDeps, request } from './requests.ts';

/** The select that asks which clip should stop. */
export const STOP_SELECT = 'stop';

const PAGE = 100;
const MAX_PAGES = 20;
const MAX_SELECT = 25;
const MAX_LABEL = 100;

/** `/animate`, `/cancel`, `/help`. */
export async function onSlash(interaction: ChatInputCommandInteraction, deps: RequestDeps): Promise<void> {
  switch (interaction.commandName) {
    case NAMES.animate:
      return onAnimate(interaction, deps);
    case NAMES.cancel:
      return onCancel(interaction, deps);
    case NAMES.help:
      return void (await tell(interaction, helpFor(interaction.locale, deps), deps));
  }
}

async function onAnimate(interaction: ChatInputCommandInteraction, deps: RequestDeps): Promise<void> {
  const { options } = interaction;
  const { url, size, width, height, contentType } = options.getAttachment(OPTIONS.image, true);
  const [motion, seed, duration] = [OPTIONS.motion, OPTIONS.seed, OPTIONS.duration].map((name) =>
    options.getInteger(name),
  );
  const fit = options.getString(OPTIONS.fit);
  await request(
    interaction,
    {
      scene: options.getString(OPTIONS.scene, true),
      options: {
        ...(motion === null ? {} : { motion }),
        ...(seed === null ? {} : { seed }),
        ...(duration === null ? {} : { duration }),
        ...(fit === null ? {} : { fit }),
      },
      picture: {
        ref: url,
        told: {
          bytes: size,
          ...(contentType === null ? {} : { type: contentType }),
          ...(width === null || height === null ? {} : { size: { width, height } }),
        },
      },
    },
    deps,
  );
}

/** Stops the one clip that is being made for this person here; asks where there are several. */
async function onCancel(interaction: ChatInputCommandInteraction, deps: RequestDeps): Promise<void> {
  const { locale } = interaction;
  const words = messagesFor(locale).discord;
  const asked = originOf(interaction);
  const own = asked ? await inTime(underWay(asked, deps), deps.clock) : [];
  const [only, ...others] = own;
  if (!asked || !only) return void (await tell(interaction, words.nothingToCancel, deps));
  if (others.length === 0) {
    await answerWith(interaction, () => cancel({ taskId: only.id, by: asked.requester.id, locale }, deps), deps);
    return deps.wake();
  }
  const options = own
    .slice(0, MAX_SELECT)
    .map(({ id, scene }) => ({ value: id, label: oneLine(scene, MAX_LABEL) || id }));
  const select = { type: ComponentType.StringSelect, customId: STOP_SELECT, options } as const;
  await tell(interaction, words.cancelWhich, deps, {
    components: [{ type: ComponentType.ActionRow, components: [select] }],
  });
}

/** What is being made for somebody in a channel and its threads, as far back as it takes to find something. */
async function underWay({ place, requester }: RequestOrigin, { store }: RequestDeps): Promise<Task[]> {
  let before: Task | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await store.tasks.conversation(place, { limit: PAGE, ...(before ? { before } : {}) });
    const own = page.filter((task) => task.requester.id === requester.id && canStop(task));
    if (own.length > 0 || page.length < PAGE) return own;
    before = page.at(-1);
  }
  return [];
}

const canStop = (task: Task): boolean => !isOver(task) && task.state !== 'ready' && task.state !== 'delivering';

function helpFor(locale: string, { provider }: RequestDeps): string {
  const words = messagesFor(locale).discord;
  const cost = provider.credits?.(DURATIONS_SECONDS[0]) ?? 0;
  return words.help(
    words.pictures(MAX_PICTURE_BYTES / (1024 * 1024), MIN_SIDE_PX),
    cost > 0 ? words.paid(cost) : words.free,
  );
}
