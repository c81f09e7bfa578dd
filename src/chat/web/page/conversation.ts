import { batch, computed, type Signal, signal } from '@preact/signals';
import type { ConversationView, TaskView } from '../view.ts';
import { type Look, lookOfSending, lookOfTask } from './look.ts';
import type { Sending } from './outbox.ts';
import { NOTHING_SAID, type Said } from './said.ts';
import { isMineOnly } from './whose.tsx';

/** A card on the page: a task on record, or a request on its way that becomes one. */
export interface Entry {
  /** Stays, whatever becomes of it. */
  key: string;
  look: Signal<Look>;
  said: Signal<Said>;
  view?: TaskView;
  sending?: Sending;
  pictureUrl: string;
  /** Said while it is at work, whatever its state. */
  note: string;
  /** When the server told of it, on the clock of `performance.now()`. */
  touchedAt: number;
}

/** Older first; ids rise with time, so they decide between two of the same millisecond. */
const inOrder = (a: TaskView, b: TaskView): number =>
  a.askedAt - b.askedAt || (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : 0);

/** The cards on the page, newest at the bottom: tasks on record, then requests on their way. */
export type Conversation = ReturnType<typeof createConversation>;

/** `onState`: a task that was shown before has another state now. */
export function createConversation({ onState }: { onState: (view: TaskView) => void }) {
  /** By task id, or by key while it is on its way. */
  const entries = signal<ReadonlyMap<string, Entry>>(new Map());
  /** What was deleted stays so, whatever still arrives about it. */
  const gone = new Set<string>();
  /** The oldest of all that are here without a gap. What Mine loaded beside them may be older. */
  let oldestOfAll: TaskView | undefined;
  const olderOfAll = signal(false);
  const olderOfMine = signal(false);
  const older = computed(() => (isMineOnly.value ? olderOfMine.value : olderOfAll.value));
  const isShown = ({ view }: Pick<Entry, 'view'>): boolean => !isMineOnly.value || view?.isMine !== false;
  const tasks = (): TaskView[] =>
    [...entries.peek().values()].flatMap(({ view }) => (view ? [view] : [])).sort(inOrder);
  const cards = computed<readonly Entry[]>(() => {
    const all = [...entries.value.values()].filter(isShown);
    const isTask = (entry: Entry): entry is Entry & { view: TaskView } => entry.view !== undefined;
    return [...all.filter(isTask).sort((a, b) => inOrder(a.view, b.view)), ...all.filter((each) => !each.view)];
  });

  function change(id: string, entry: Entry | undefined, as = id): void {
    const next = new Map(entries.peek());
    next.delete(id);
    if (entry) next.set(as, entry);
    entries.value = next;
  }
  const create = (key: string, look: Look, more: Partial<Entry>): Entry => ({
    ...{ key, look: signal(look), said: signal(NOTHING_SAID), pictureUrl: look.pictureUrl, note: '', touchedAt: 0 },
    ...more,
  });
  /** What is said stands beside the status until the state changes. */
  function render(entry: Entry, look: Look): void {
    if (look.state !== entry.look.peek().state)
      entry.said.value = { sentence: look.tone === 'working' ? entry.note : '', more: [] };
    entry.look.value = look;
  }

  function upsert(view: TaskView): void {
    const { taskId } = view;
    if (gone.has(taskId)) return;
    const look = lookOfTask(view);
    const known = entries.peek().get(taskId);
    const entry = known ?? create(taskId, look, {});
    entry.touchedAt = performance.now();
    const before = entry.view;
    // The same revision may say something new: a place in the queue, a remaining time.
    if (before && before.revision > view.revision) return;
    entry.view = view;
    render(entry, look);
    if (!known || !before) change(taskId, entry);
    if (before && before.state !== view.state) onState(view);
  }
  const upsertAll = (views: readonly TaskView[]) => batch(() => views.forEach(upsert));

  return {
    cards,
    /** Whether there are some that are not shown. */
    older,
    /** Whether others asked for some of it. */
    hasOthers: computed(() => [...entries.value.values()].some(({ view }) => view?.isMine === false)),
    /** Whether something of one's own is at work. */
    isAwaited: () =>
      [...entries.peek().values()].some(({ view, look }) => view?.isMine !== false && look.peek().tone === 'working'),
    has: (taskId: string) => entries.peek().has(taskId),
    /** Whose older ones come next: each list has its own. */
    oldest: () =>
      tasks().find((view) => (isMineOnly.peek() ? isShown({ view }) : !oldestOfAll || inOrder(view, oldestOfAll) >= 0))
        ?.taskId,
    task: upsert,

    /**
     * The newest page, as it is on the server. What it should name and does not was deleted while nobody listened,
     * unless the server told of it after the connection was lost at `lostAt`, on the clock of `performance.now()`.
     */
    page(page: ConversationView, lostAt: number): void {
      const named = new Set(page.tasks.map(({ taskId }) => taskId));
      const last = page.tasks.at(-1);
      const joins = page.tasks.some(({ taskId }) => entries.peek().has(taskId));
      batch(() => {
        for (const [id, { view, touchedAt }] of entries.peek()) {
          if (!view || named.has(id) || touchedAt > lostAt) continue;
          if (!page.older || !joins || !last || inOrder(view, last) > 0) change(id, undefined);
        }
        if (!oldestOfAll || !page.older || !joins || !last || inOrder(last, oldestOfAll) <= 0) {
          oldestOfAll = last;
          olderOfAll.value = page.older;
        }
        upsertAll(page.tasks);
      });
    },

    olderPage(page: ConversationView, { isMine }: { isMine: boolean }): void {
      batch(() => {
        (isMine ? olderOfMine : olderOfAll).value = page.older;
        if (!isMine) oldestOfAll = page.tasks.at(-1) ?? oldestOfAll;
        upsertAll(page.tasks);
      });
    },

    gone(taskId: string): void {
      gone.add(taskId);
      change(taskId, undefined);
    },

    /** A request on its way, shown at once. */
    sending(sending: Sending, pictureUrl: () => string) {
      const { key } = sending.letter;
      const known = entries.peek().get(key);
      if (!known) return change(key, create(key, lookOfSending(sending, pictureUrl()), { sending }));
      known.sending = sending;
      render(known, lookOfSending(sending, known.pictureUrl));
    },

    /** Its answer: the card goes on as the task's. */
    sent({ letter: { key } }: Sending, task: TaskView): void {
      batch(() => {
        const entry = entries.peek().get(key);
        if (!entry || entries.peek().has(task.taskId)) change(key, undefined);
        else {
          entry.sending = undefined;
          change(key, entry, task.taskId);
        }
        upsert(task);
      });
    },

    /** What is left for today, on the card of what was asked for last. */
    note(taskId: string, note: string | undefined): void {
      const entry = entries.peek().get(taskId);
      if (!entry || note === undefined) return;
      entry.note = note;
      entry.said.value = { sentence: note, more: [] };
    },

    notSent: ({ letter }: Sending): void => change(letter.key, undefined),
  };
}
