import type { ServerResponse } from 'node:http';
import type { ConversationView, GalleryView, TaskView } from '../../src/chat/web/view.ts';

const LANDSCAPE = { width: 1280, height: 720 };
const OPTIONS: TaskView['options'] = { motion: 5, seed: 84_302_117, duration: 5, fit: 'crop' };
const FACTS = ['5 s', 'motion 5', 'seed 84302117'];

const [CANCEL, AGAIN, EDIT, DELETE] = [
  { action: 'cancel', label: 'Cancel', style: 'plain' },
  { action: 'again', label: 'Again', style: 'primary' },
  { action: 'edit', label: 'Edit scene', style: 'plain' },
  { action: 'delete', label: 'Delete', style: 'danger' },
] as const;
const [STAR, SHARE, MORE] = [
  { action: 'star', label: '⭐', style: 'plain' },
  { action: 'share', label: 'Share', style: 'plain' },
  { action: 'more', label: 'More', style: 'plain' },
] as const;
const MENU = [
  { action: 'link', label: 'Link', style: 'plain' },
  { action: 'continue', label: 'Continue', style: 'plain' },
  { action: 'loop', label: 'Loop', style: 'plain' },
  { action: 'gif', label: 'Save as GIF', style: 'plain' },
  { action: 'webp', label: 'Save as WebP', style: 'plain' },
  { action: 'story', label: 'Story', style: 'plain' },
  { action: 'details', label: 'Details', style: 'plain' },
  { action: 'delete', label: 'Delete', style: 'danger' },
] as const;
const DETAILS = { action: 'details', label: 'Details', style: 'plain' } as const;
const PICTURE = { action: 'picture', label: 'Another picture', style: 'primary' } as const;
const CROP = { action: 'crop', label: 'Use crop', style: 'primary' } as const;

/** Where a task can be set to, as the real program would show it. */
export const STAGES = {
  queued: { state: 'queued', status: 'Queued (2nd)', buttons: [CANCEL] },
  rendering: {
    state: 'rendering',
    status: 'Rendering 40 %, ready in about 20 s',
    progress: 0.4,
    size: LANDSCAPE,
    facts: [...FACTS, 'a quarter cut off below, from 1600×1200'],
    buttons: [CANCEL],
  },
  delivered: {
    state: 'delivered',
    status: 'Done',
    progress: undefined,
    size: LANDSCAPE,
    facts: [...FACTS, 'a quarter cut off below, from 1600×1200'],
    buttons: [AGAIN, EDIT, STAR, SHARE, MORE],
    menu: MENU,
  },
  failed: {
    state: 'failed',
    status: 'The service could make nothing of this. Try another picture or another scene.',
    progress: undefined,
    buttons: [AGAIN, EDIT, PICTURE, DELETE, DETAILS],
  },
  /** Refused for its shape. */
  shape: {
    state: 'failed',
    status:
      'The picture is 640×480, and the fit "strict" allows no changes. Send 1280×720 or 720×1280, or use the fit "crop" or "pad".',
    progress: undefined,
    buttons: [CROP, PICTURE, DELETE, DETAILS],
  },
  outage: {
    state: 'queued',
    status: 'The service cannot be reached. It is tried again within 2 minutes; nothing was spent.',
    buttons: [CANCEL],
  },
  cancelled: { state: 'cancelled', status: 'Cancelled', progress: undefined, buttons: [AGAIN, EDIT, DELETE, DETAILS] },
} satisfies Record<string, Partial<TaskView>>;

export type Stage = keyof typeof STAGES;

/** The record of the stand-in server, and the live channel that tells of it. */
export function createMockTasks({ pageSize = 20, works = false } = {}) {
  const tasks = new Map<string, TaskView>();
  const readers = new Set<ServerResponse>();
  let events = 0;
  let ids = 0;

  const frame = (event: string, data: unknown) => `id: ${events}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  function publish(event: string, data: unknown): void {
    events++;
    for (const reader of readers) reader.write(frame(event, data));
  }

  function page(before?: string, isMineOnly = false): ConversationView {
    const all = [...tasks.values()].reverse().filter(({ isMine }) => isMine || !isMineOnly);
    const from = before === undefined ? 0 : all.findIndex(({ taskId }) => taskId === before) + 1;
    return { tasks: all.slice(from, from + pageSize), older: all.length > from + pageSize };
  }

  function gallery(of: URLSearchParams): GalleryView {
    const words = (of.get('words') ?? '').toLowerCase().split(' ');
    const all = [...tasks.values()]
      .reverse()
      .filter(
        ({ state, shown, scene }) =>
          state === 'delivered' && !shown && words.every((word) => scene.toLowerCase().includes(word)),
      )
      .filter(({ stars }) => of.get('starred') !== 'true' || stars > 0);
    const from = all.findIndex(({ taskId }) => taskId === of.get('after')) + 1;
    const clips = all.slice(from, from + pageSize);
    return { clips, next: all.length > from + pageSize ? clips.at(-1)?.taskId : undefined };
  }

  function add(view: Partial<TaskView> & { scene: string }): TaskView {
    const taskId = `${++ids}`.padStart(24, '0');
    const task: TaskView = {
      taskId,
      state: 'received',
      status: 'Looking at your picture',
      buttons: [CANCEL],
      revision: 1,
      askedAt: Date.now(),
      options: OPTIONS,
      facts: FACTS,
      ...{ menu: [], stars: 0, isStarred: false, isMine: true },
      pictureUrl: `/tasks/${taskId}/picture?as=upload`,
      ...view,
    };
    tasks.set(taskId, task);
    publish('task', task);
    if (works) setTimeout(() => work(taskId), 30);
    return task;
  }

  /** One stage further, as a worker would take it. */
  function work(taskId: string): void {
    const next = { received: 'queued', queued: 'rendering', rendering: 'delivered' } as const;
    const stage = next[tasks.get(taskId)?.state as keyof typeof next];
    if (!stage) return;
    change(taskId, STAGES[stage]);
    setTimeout(() => work(taskId), 30);
  }

  function change(taskId: string, to: Partial<TaskView>): TaskView {
    const before = tasks.get(taskId);
    if (!before) throw new Error(`no task ${taskId}`);
    const task: TaskView = { ...before, ...to, revision: before.revision + 1 };
    if (task.size) task.pictureUrl = `/tasks/${taskId}/picture?as=picture`;
    if (task.state === 'delivered' && task.size)
      task.clip = {
        url: `/tasks/${taskId}/clip?as=1`,
        name: 'snow-falls.mp4',
        bytes: 1,
        durationMs: 2000,
        size: task.size,
      };
    tasks.set(taskId, task);
    publish('task', task);
    return task;
  }

  return {
    tasks,
    publish,
    page,
    gallery,
    add,
    change,
    set: (taskId: string, stage: Stage, more: Partial<TaskView> = {}) => change(taskId, { ...STAGES[stage], ...more }),
    remove(taskId: string) {
      tasks.delete(taskId);
      publish('gone', { taskId });
    },
    /** As another program would start: the record is there, the readers are not. */
    read(response: ServerResponse) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(`retry: 50\n\n${frame('conversation', page())}`);
      readers.add(response);
      response.on('close', () => readers.delete(response));
    },
  };
}
