import type { Bucket } from '../../../commands/admin/history.ts';
import type { SettingField } from '../../../commands/reply.ts';
import type { Options } from '../../task/options.ts';
import type { Size } from '../../task/picture.ts';
import type { ClipFormat } from '../../task/task.ts';
import type { Button, Card } from '../chat.ts';

/** A task as the page shows it: its card, and where its picture and clip are on this server. */
export interface TaskView extends Card {
  /** As it was asked for: `''` where the picture moves by itself. */
  scene: string;
  /** Rises with each change: the page never goes back to an older view of a task. */
  revision: number;
  /** Milliseconds since the epoch. */
  askedAt: number;
  options: Options;
  /** Of the clip to come, once the picture was fitted. */
  size?: Size;
  /** A second picture came with it, which its clip ends on. */
  endsOn?: true;
  /** Path of the picture as it was uploaded or, once it is fitted, as it is animated. For others than who sent it there is none before. */
  pictureUrl: string;
  /** Path of the newest frame of its clip, where that is rendered here; another with each frame. */
  glimpseUrl?: string;
  /** `name`: what it is saved as. */
  clip?: { url: string; name: string; bytes: number; durationMs: number; size: Size };
  /** What is pressed less often: it stands behind **More**. */
  menu: readonly Button[];
  stars: number;
  /** Whether one of them is the reader's. */
  isStarred: boolean;
  /** Whether the reader asked for it. */
  isMine: boolean;
  /** Who asked for it, where they said. */
  by?: string;
  /** It shows a clip that is there already, once more; whose, where that is somebody of elsewhere. */
  shown?: { author?: string };
  /** What it shows that as, where that is a file; `url` once it is made. */
  file?: { format: ClipFormat; name: string; url?: string; bytes?: number };
}

/** A page of the conversation, newest first; `older` says whether there is more. */
export interface ConversationView {
  tasks: TaskView[];
  older: boolean;
}

/** A page of clips; `next` is `after` of the page that follows, if one does. */
export interface GalleryView {
  clips: TaskView[];
  next?: string;
}

/** What is set for this chat; `changes`: a line each, the newest first. */
export interface SettingsView {
  title: string;
  fields: readonly SettingField[];
  changes: readonly string[];
}

/** What clips by one model may be. */
export interface ModelView {
  /** Credits of a clip, by its length in seconds. Where all are 0 it is a preview without AI, and the page says so. */
  costs: Record<string, number>;
  /** The same with sound; absent where clips are silent. */
  soundCosts?: Record<string, number>;
  durations: readonly number[];
  /** A picture may be sent without a scene, and moves by itself. */
  wordless: boolean;
  /** The picture may be how the clip ends. */
  endFrame: boolean;
  /** A second picture may be sent, which the clip ends on. */
  lastFrame: boolean;
  /** None where there is no choice. */
  shapes: readonly string[];
  /** Of clips, in pixels. */
  sizes: readonly Size[];
  /** Names of options that mean nothing to it. */
  ignores: readonly string[];
}

/** How the bot does, for those who run it. */
export interface AdminView {
  /** What `/admin` says. */
  lines: readonly string[];
  isPaused: boolean;
  /** What is wrong just now, as sentences. */
  alarms: readonly string[];
  /** The last 24 hours, and 30 days. */
  day: readonly Bucket[];
  month: readonly Bucket[];
}

/** The page's facts before anything is asked for: of the usual model first. */
export interface About extends ModelView {
  /** Of all that the server says. */
  locale: string;
  /** The name that the reader chose, `''` for none; whether others can come here. */
  me: { name: string; isAlone: boolean };
  /** Where there is a choice of models: the usual one, and the others. */
  models: readonly (ModelView & { name: string; label: string })[];
  maxPictureBytes: number;
  minSidePx: number;
  maxSceneChars: number;
  /** So many clips of a picture may be asked for at once. */
  takes: readonly number[];
  motion: { min: number; max: number; usual: number };
  fits: readonly string[];
  /** What a request gets that does not say. */
  usual: { duration: number; shape: string; fit: string; model?: string };
  shapeNames: Readonly<Record<string, string>>;
  /** What can be said, `/name` first: those without a picture are said in the field of the scene. `takes`: the option that words after it are. */
  commands: readonly { name: string; description: string; takesPicture: boolean; takes?: string }[];
}

/** What may still be asked for; what is absent has no end. */
export interface LeftView {
  /** Clips that cost something, today. */
  clips?: number;
  /** Credits, today. */
  credits?: number;
  /** Clips at once. */
  room?: number;
}

/** What a press of a button carries. `scene`, `options`: the answer, where the action asks for one; without a seed it is another. */
export interface Press {
  key: string;
  scene?: string;
  options?: TaskOptions;
}
/** Of a take that is asked for anew. */
export type TaskOptions = Readonly<Partial<Record<keyof Options, string | number>>>;

/** What a command, a press or a changed setting is answered with, by the kind of its reply. */
export interface Answer {
  task?: TaskView;
  say?: string;
  link?: string;
  menu?: readonly Button[];
  /** A path of this server. */
  open?: string;
  settings?: SettingsView;
  /** Whether the person means it. */
  confirm?: { text: string; label: string; question: string };
  /** For the person to keep. */
  file?: { name: string; content: string };
  ask?: { text: string; value: string };
  choose?: { action: string; tasks: readonly { taskId: string; scene: string }[] };
}

/** A person's name, as it is kept. */
export interface Named {
  name: string;
}

/** What is read, by its path. */
export interface Reads {
  '/api/about': About;
  '/api/left': LeftView;
  '/api/conversation': ConversationView;
  '/api/clips': GalleryView;
  '/api/admin': AdminView;
}

/** What happens in the conversation. `conversation` comes first, unless Last-Event-ID can be resumed. */
export interface FeedEvents {
  conversation: ConversationView;
  task: TaskView;
  gone: { taskId: string };
}

/*
 * The page talks to the server like this; an error is always `{ error: <a sentence for the person> }`.
 *
 *   GET    /api/about                          About
 *   GET    /api/left                           LeftView
 *   GET    /api/conversation[?before=<taskId>][&mine=true]  ConversationView
 *   POST   /api/me                             body: { name }, '' for none; { name }, as it is kept
 *   POST   /api/commands/<name>?key&<options>  body: the picture's bytes (application/octet-stream), where it takes one
 *                                              Answer; 201 where it made a task, 200 where the key was known already
 *   POST   /api/tasks/<id>/<action>            body: Press; Answer
 *   POST   /api/settings                       body: { name, value? }; Answer
 *   GET    /api/admin                          AdminView, for those who run the bot
 *   POST   /api/admin                          body: { do, what?, key }; { say }
 *   POST   /api/admin/login                    form: password; where ADMIN_PASSWORD is set
 *   GET    /api/clips?words&starred&mine&story&after   GalleryView
 *   GET    /api/events                         server-sent events: FeedEvents
 *   GET    /tasks/<id>/picture, /tasks/<id>/clip[?download], /tasks/<id>/file     bytes, with ranges
 *   GET    /login                              the page that asks for the password
 *   POST   /login                              form: password; where WEB_PASSWORD is set; 303 to / with a cookie
 *
 * 401: log in first. 409: it is too late (cancel) or too early (delete) for that. 429 and 503 say in Retry-After when to
 * come back.
 */
