import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { LAST_PICTURE_BLOB, LAST_UPLOAD_BLOB, PICTURE_BLOB, UPLOAD_BLOB } from './blob-names.ts';
import { failureSchema } from './failure.ts';
import { optionsSchema } from './options.ts';
import { pictureNoteSchema, sizeSchema } from './picture.ts';

/** Milliseconds since the epoch, on the store's clock. */
const instant = z.number().int().nonnegative();

export const TASK_STATES = [
  'received',
  'queued',
  'submitting',
  'rendering',
  'unconfirmed',
  'ready',
  'delivering',
  'delivered',
  'failed',
  'cancelled',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** 24 hex digits. */
const taskId = z.string().regex(/^[0-9a-f]{24}$/);

/** Where a request came from and where its clip belongs. `chat` means something to the platform's adapter only. */
export const placeSchema = z.object({
  platform: z.string(),
  chat: z.string(),
  /** The server or group that the chat is part of, where the platform has such. */
  community: z.string().optional(),
  thread: z.string().optional(),
  /** The message asked with; on Discord, the interaction. */
  message: z.string().optional(),
  /** Largest file that can be sent there, in bytes. */
  uploadLimit: z.number().int().positive().optional(),
  /** How its chat wants clips to come, where it says so. */
  reply: z.enum(['thread', 'reply']).optional(),
});
export type Place = z.infer<typeof placeSchema>;

/**
 * The service behind a place's platform: several bots of one are `telegram` and `telegram-123456789`, each with places of its
 * own. People and their numbers are the same with all of them, so a person's id and ALLOW name the service.
 */
export const serviceOf = (platform: string): string => platform.replace(/-\d+$/, '');

/** Whether both are in one chat, in whichever thread of it. */
export const isSameChat = (a: Pick<Place, 'platform' | 'chat'>, b: Pick<Place, 'platform' | 'chat'>): boolean =>
  a.platform === b.platform && a.chat === b.chat;

/** One call to the provider, named before it is made. */
const attemptSchema = z.object({
  id: z.string(),
  at: instant,
  /** Name of the key it was submitted with (first 8 hex digits of its SHA-256). */
  key: z.string().optional(),
  /** SHA-256 of the secret in its callback's path, where it has one. */
  callback: z.string().optional(),
  /** When the provider first said that it does not know the job. */
  goneAt: instant.optional(),
  /** Set once nothing more is to be expected of it; `left`: its task ended while its job was still open. */
  over: z.enum(['refused', 'failed', 'lost', 'left']).optional(),
  /** When the provider first said that its clip is ready. */
  finishedAt: instant.optional(),
  /** Copies of its clip that could not be played. */
  unplayable: z.number().int().optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** Where the picture is. */
const pictureRefSchema = z.discriminatedUnion('type', [
  /** Here: the task's blob `upload`, or `last-upload`. */
  z.object({ type: z.literal('upload') }),
  /** With the platform, under a reference that means something to its adapter only; erased once it is not needed. */
  z.object({ type: z.literal('remote'), ref: z.string() }),
]);

const fittedSchema = z.object({
  original: sizeSchema,
  fitted: sizeSchema,
  notes: z.array(pictureNoteSchema),
  /** Name of the task's blob with the fitted bytes: what came, where that fitted as it was. Early records say nothing. */
  blob: z.enum([UPLOAD_BLOB, PICTURE_BLOB]).default(PICTURE_BLOB),
  sha256: z.string(),
  type: z.string(),
  /** The picture that the clip ends on, made to fit the same size. */
  last: z
    .object({
      original: sizeSchema,
      notes: z.array(pictureNoteSchema),
      blob: z.enum([LAST_UPLOAD_BLOB, LAST_PICTURE_BLOB]),
      sha256: z.string(),
    })
    .optional(),
});
export type Fitted = z.infer<typeof fittedSchema>;

const clipSchema = z.object({
  /** Name of the blob. */
  blob: z.string(),
  bytes: z.number().int().positive(),
  sha256: z.string(),
  size: sizeSchema,
  durationMs: z.number().positive(),
  /** Absent in early records: then as it was asked for. */
  hasSound: z.boolean().optional(),
});
export type Clip = z.infer<typeof clipSchema>;

/** What a person asked of a task that is under way. */
const requestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cancel') }),
  /** Somebody finds that the clip should not be there. */
  z.object({ type: z.literal('report') }),
  /** There may be something new at the provider: a callback came. */
  z.object({ type: z.literal('wake') }),
  /** The word on a submit of unknown outcome; it counts for the attempt that it names only. */
  z.object({ type: z.literal('answer'), attempt: z.string(), choice: z.enum(['retry', 'leave']) }),
]);
export type Request = z.infer<typeof requestSchema>;

/** What a clip can be made into: animated pictures, for places that take no video; a video that goes there and back. */
export const CLIP_FORMATS = ['gif', 'webp', 'loop'] as const;
export type ClipFormat = (typeof CLIP_FORMATS)[number];

/** The file that a clip is shown as: the ending of its name, its type, and whether it is a video. */
export const fileOf = (format: ClipFormat | undefined): { ending: string; type: string; isVideo: boolean } =>
  format === undefined || format === 'loop'
    ? { ending: 'mp4', type: 'video/mp4', isVideo: true }
    : { ending: format, type: `image/${format}`, isVideo: false };

export const hasSound = ({ clip, options }: Pick<Task, 'clip' | 'options'>): boolean =>
  clip?.hasSound ?? options.sound === 'on';

/** More people's stars are not counted. */
export const MAX_STARS = 500;

/**
 * The record of one clip. Three kinds of fields, by who may write them:
 * *decisions* (state and what belongs to it: only the lease's holder, fenced by `version`), *facts* (`accepted`, `sent`:
 * any process, whenever) and *requests* (people, whenever; `stars` are like them). See `store/tasks.ts`.
 */
export const taskSchema = z.object({
  id: taskId,
  /** Unique: the same request told twice makes one task. */
  requestKey: z.string().min(1).max(200),
  /** `person`: whom limits hold and turns are given to, where that is another than `id`. */
  requester: z.object({ id: z.string(), name: z.string(), person: z.string().optional() }),
  place: placeSchema,
  locale: z.string(),
  scene: z.string(),
  options: optionsSchema,
  provider: z.string(),
  /** Credits that one attempt costs. */
  cost: z.number().nonnegative(),
  picture: pictureRefSchema,
  /** The picture that the clip is to end on; absent: only how it begins was given. */
  last: pictureRefSchema.optional(),
  /** The task that it is another take of. */
  from: taskId.optional(),
  /** The first task of the line of takes that it belongs to; absent: itself. */
  story: taskId.optional(),
  /** Which of several takes it is that were asked for at once. The first is their lead: it has their card, and they are `from` it. */
  take: z.object({ number: z.number().int().positive(), of: z.number().int().positive() }).optional(),
  /** The task whose clip it shows in another place; that one shows none itself. Nothing is made for it. */
  shows: taskId.optional(),
  /** The clip that it goes on from, which is a blob of this task's, too: its picture is that one's last frame, and both become one clip. */
  goesOn: clipSchema.optional(),
  /** What file the clip is shown as; absent: the video that it is. */
  format: z.enum(CLIP_FORMATS).optional(),

  state: z.enum(TASK_STATES),
  fitted: fittedSchema.optional(),
  attempts: z.array(attemptSchema),
  /** 0 to 1, as far as the provider tells. */
  progress: z.number().min(0).max(1).optional(),
  polls: z.number().int().nonnegative(),
  /** The last look at its jobs that saw no verdict, and what it was told. */
  look: z.object({ at: instant, progress: z.number().min(0).max(1).optional() }).optional(),
  /** It takes much longer than such jobs usually do. */
  late: z.boolean().optional(),
  /** How often the present step failed in a row; paces the next try. */
  tries: z.number().int().nonnegative(),
  /** How often it threw in a row. */
  throws: z.number().int().nonnegative().optional(),
  clip: clipSchema.optional(),
  failure: failureSchema.optional(),
  /** The version with which its last holder let go of it: whoever claims the next one knows that no claim in between was lost. */
  letGo: z.number().int().optional(),
  /** What the chat's card shows (its fingerprint), so that it is edited only when something else should stand there. */
  shown: z.string().optional(),
  /** When each state was last entered. */
  at: z.partialRecord(z.enum(TASK_STATES), instant),

  /** Fact: job ids by attempt. */
  accepted: z.record(z.string(), z.string()),
  /** Fact: message ids by kind of message. */
  sent: z.record(z.string(), z.string()),

  /** Ids of the people who starred the clip, each once. Whatever shows the clip has the same. */
  stars: z.array(z.string()).max(MAX_STARS).optional(),

  requests: z.object({
    cancel: z.boolean().optional(),
    report: z.boolean().optional(),
    answer: z.object({ attempt: z.string(), choice: z.enum(['retry', 'leave']) }).optional(),
  }),

  /** Order of starting, lowest first; fair between people (start-time fair queueing). */
  rank: z.number(),
  /** Raised by each claim and save: a late worker's decision finds another number and changes nothing. */
  version: z.number().int(),
  /** Raised by each request and foreign fact: a save that has not seen the newest leaves the task due. */
  asked: z.number().int(),
});
export type Task = z.infer<typeof taskSchema>;

/** What a command knows of a task that is to be recorded; the store adds the rest. What `shows` brings its clip along. */
export const newTaskSchema = taskSchema.pick({
  id: true,
  requestKey: true,
  requester: true,
  place: true,
  locale: true,
  scene: true,
  options: true,
  provider: true,
  cost: true,
  picture: true,
  last: true,
  from: true,
  story: true,
  take: true,
  shows: true,
  goesOn: true,
  format: true,
  fitted: true,
  clip: true,
});
export type NewTask = z.infer<typeof newTaskSchema>;

/** Whom limits hold: one who writes under many names is still one. */
export const personOf = ({ id, person }: Task['requester']): string => person ?? id;

/** 24 hex digits, the first twelve the millisecond it was made: with a letter for the kind it is a Discord nonce. */
export const newTaskId = (nowMs: number): string =>
  nowMs.toString(16).padStart(12, '0') + randomBytes(6).toString('hex');

/** The least id that a task of this instant or later can have. */
export const leastTaskId = (nowMs: number): string =>
  Math.max(0, Math.floor(nowMs)).toString(16).padStart(12, '0').padEnd(24, '0');

/** The millisecond that a task's id was made in. */
export const instantOf = (id: string): number => Number.parseInt(id.slice(0, 12), 16);

export const newAttemptId = (): string => randomBytes(8).toString('hex');

/** Attempts the provider took and has not ended: all of them are polled. */
export const openJobs = (task: Pick<Task, 'attempts' | 'accepted'>): { attempt: Attempt; jobId: string }[] =>
  task.attempts.flatMap((attempt) => {
    const jobId = task.accepted[attempt.id];
    return jobId === undefined || attempt.over ? [] : [{ attempt, jobId }];
  });

export const isOver = ({ state }: Pick<Task, 'state'>): boolean =>
  state === 'delivered' || state === 'failed' || state === 'cancelled';
