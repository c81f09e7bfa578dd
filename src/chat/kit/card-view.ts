import { controlsOf } from '../../../commands/admin/controls.ts';
import { canBeStopped, isCalled } from '../../../commands/cancel.ts';
import { frontOf } from '../../../commands/more.ts';
import type { Action } from '../../../commands/table.ts';
import { takesOf } from '../../../commands/takes.ts';
import { messagesFor } from '../../messages/messages.ts';
import { type Outage, outageOf, setupTrouble } from '../../providers/key-parking.ts';
import { heededOptions, modelOf, offeredModels } from '../../providers/models.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Store } from '../../store/store.ts';
import { MAX_POSITION } from '../../store/tasks.ts';
import { isOnOthersCard, isPartAlone } from '../../task/lineage.ts';
import type { HeededOptions } from '../../task/options.ts';
import { isOver, type Task } from '../../task/task.ts';
import type { Understood } from '../../task/understood.ts';
import { withChanges } from '../../util/with-changes.ts';
import type { Button, Card, Messenger } from '../chat.ts';
import { actionsOf, cardOfTakes, costsAlike, toldOf } from './takes-card.ts';

/** A remaining time is told once this much of the work is done: before that it would be a guess. */
const MIN_PROGRESS_FOR_ETA = 0.1;

/** So many looks in a row that nobody answered are no blip. */
const UNSEEN_TRIES = 3;

/** How a queued task stands in its queue. */
export interface QueueView {
  /** Tasks before it, counted to `MAX_POSITION`. */
  ahead: number;
  /** Nothing can be started before the keys or the model are looked after. */
  stuck: boolean;
  /** Those who run the bot begin nothing new. */
  isPaused?: boolean;
}

/** What there is to know of a task beside the task. */
export interface CardContext {
  actions: readonly Action[];
  /** Where it is queued. */
  queue?: QueueView;
  /** Where it waits for a service that takes nothing for now. */
  outage?: Outage;
  understood?: Understood;
  /** The label of its model, where there are several. */
  model?: string;
  /** Those of its options that mean something to its model; absent: all. */
  heeded?: HeededOptions;
}

/** The view of tasks that people have: cards, and the buttons under them. */
export type CardView = ReturnType<typeof createCardView>;

export function createCardView({
  store,
  providers,
  actions,
}: {
  store: Store;
  providers: readonly Provider[];
  actions: readonly Action[];
}) {
  const providerOf = (task: Task) => providers.find(({ name }) => name === task.provider);
  const understoodIn = (task: Task): Understood | undefined =>
    task.scene === '' ? undefined : providerOf(task)?.understood?.(task.scene);

  const modelIn = (task: Task): string | undefined => {
    const provider = providerOf(task);
    const { model } = task.options;
    if (!provider || model === undefined) return undefined;
    const isOneOfMany = offeredModels(provider).length > 0 || model !== provider.model;
    return isOneOfMany ? (modelOf(provider, model)?.label ?? model) : undefined;
  };
  const aboutOf = (task: Task) => ({
    understood: understoodIn(task),
    model: modelIn(task),
    heeded: heededOptions(providerOf(task), task.options),
  });

  /** The card of a task as it stands now, for whoever reads it in whichever language. */
  async function worded(task: Task): Promise<(locale: string) => Card> {
    const provider = providerOf(task);
    const about = aboutOf(task);
    const isQueued = task.state === 'queued';
    // A submit that was refused is made again: while it is, nothing is better yet.
    const waits = isQueued || (task.state === 'submitting' && task.tries > 0);
    const { cooldowns, tasks } = store;
    const [outage, trouble, controls, ahead] = await Promise.all([
      provider && waits ? outageOf(provider, cooldowns) : undefined,
      provider && isQueued ? setupTrouble(provider, cooldowns) : undefined,
      isQueued ? controlsOf(store) : undefined,
      isQueued ? tasks.ahead(task) : 0,
    ]);
    const now = store.now();
    if (!controls) return (locale) => cardOf(task, now, { actions, outage, ...about }, locale);
    const queue = { ahead, stuck: trouble !== undefined, isPaused: controls.isPaused };
    return (locale) => cardOf(task, now, { actions, queue, outage, ...about }, locale);
  }
  /** The same for the person who asked for it. */
  const current = async (task: Task): Promise<Card> => (await worded(task))(task.locale);

  return {
    buttons: (task: Task) => buttonsOf(task, actions),
    /** Buttons that take its messages away. */
    removing: (task: Task) =>
      buttonsFrom(
        actions.filter(({ removes, isOffered }) => removes && isOffered(task)),
        task,
      ),
    /** What its clip was made with, and of, each in a few words. */
    facts: (task: Task) => factsOf(task, aboutOf(task)),
    current,
    worded,
    /** The card that a task's chat shows now: that of its takes, where several were asked for and it has their card. */
    async shown(task: Task, { cardOfEachTake }: Pick<Messenger, 'cardOfEachTake'>): Promise<Card> {
      if (!task.take || isOnOthersCard(task) || cardOfEachTake) return current(task);
      const takes = await takesOf(task, store);
      const told = toldOf(takes, task);
      const own = actionsOf(takes);
      const card = withChanges(await current(costsAlike(takes, told) ? told : withChanges(told, { cost: 0 })), {
        facts: factsOf(task, aboutOf(task), { isOfAll: true }),
        buttons: own ? buttonsFrom(own, task) : buttonsOf(task, actions),
      });
      return cardOfTakes(takes, { lead: task, card });
    },
  };
}

/** The task's card as it should be now. */
export function cardOf(task: Task, now: number, context: CardContext, locale = task.locale): Card {
  const { actions } = context;
  return {
    taskId: task.id,
    state: task.state,
    scene: task.scene || messagesFor(locale).wordless,
    status: statusOf(task, now, context, locale),
    facts: factsOf(task, context, { locale }),
    progress: task.state === 'rendering' ? wholePercent(task.progress) : undefined,
    buttons: buttonsOf(task, actions, locale),
  };
}

/** As finely as it is told: less is no news, and no edit. */
const wholePercent = (progress: number | undefined): number | undefined =>
  progress === undefined ? undefined : Math.round(progress * 100) / 100;

function factsOf(
  task: Task,
  { understood, model, heeded = task.options }: Pick<CardContext, 'understood' | 'model' | 'heeded'>,
  { isOfAll = false, locale = task.locale } = {},
): string[] {
  const { options, fitted, last, take, goesOn, state } = task;
  const words = messagesFor(locale);
  const { inAll, isAlone } = words.goesOn;
  // While it is `ready` it may still be joined.
  const isForGood = state !== 'ready' && isPartAlone(task);
  return [
    ...(take ? [isOfAll ? words.takes.all(take.of) : words.takes.one(take)] : []),
    ...(model === undefined ? [] : [model]),
    ...words.options(heeded, { isFirstSeed: isOfAll }),
    ...(goesOn ? [isForGood ? isAlone : inAll(Math.round(goesOn.durationMs / 1000) + options.duration)] : []),
    ...(fitted?.notes.map((note) => words.note(note, fitted.fitted)) ?? []),
    ...(last ? [words.endsOn(fitted?.last?.notes.map((note) => words.note(note, fitted.fitted)) ?? [])] : []),
    ...(understood ? [words.understood(understood)] : []),
  ];
}

function statusOf(task: Task, now: number, { queue, outage }: CardContext, locale: string): string {
  const { status, failure } = messagesFor(locale);
  const { cost } = task;
  if (task.requests.cancel && canBeStopped(task)) return isCalled(task) ? status.stoppingPerhaps : status.stopping;
  if (queue?.isPaused) return status.paused;
  if (queue?.stuck) return status.keysTrouble(cost);
  if (outage) {
    const isUnreachable = outage.reason === 'unreachable';
    return status.outage({ isUnreachable, leftMs: outage.nextAt - now, cost });
  }
  switch (task.state) {
    case 'queued':
      if (!queue) return status.waiting;
      return status.queued({ count: queue.ahead, more: queue.ahead >= MAX_POSITION });
    case 'rendering':
      if (task.tries >= UNSEEN_TRIES) return status.unseen;
      return task.late ? status.late : status.rendering(task.progress, leftMs(task, now));
    case 'ready':
    case 'delivering':
      return status.ready;
    case 'failed':
      return task.failure ? failure(task.failure, task.cost) : status.failed;
    default:
      return status[task.state];
  }
}

function leftMs(task: Task, now: number): number | undefined {
  const since = task.at.rendering;
  if (since === undefined || task.progress === undefined || task.progress < MIN_PROGRESS_FOR_ETA) return undefined;
  return ((now - since) * (1 - task.progress)) / task.progress;
}

/** The buttons under a task as it is now; without a locale in the language of the person who asked for it. */
export const buttonsOf = (task: Task, actions: readonly Action[], locale = task.locale): Button[] =>
  buttonsFrom(frontOf(task, actions), task, locale);

/** Buttons of these actions. */
export const buttonsFrom = (actions: readonly Action[], task: Task, locale = task.locale): Button[] =>
  actions.map(({ id, words, labelOf, style }) => ({
    action: id,
    label: labelOf?.(task, locale) ?? words(locale).label,
    style,
  }));

/** Two cards with the same fingerprint look the same: what is under way looks as its status says, in whichever state. */
export const fingerprint = (card: Card): string =>
  JSON.stringify(isOver(card) ? card : withChanges(card, { state: 'rendering' }));
