import type { Options } from '../src/task/options.ts';
import type { Task } from '../src/task/task.ts';

/** The answer of a command or an action: a few kinds, each shown once by each platform. */
export type Reply =
  /** The task is on record; `created` is false where it was already. `note`: a sentence about what is left for today. */
  | { type: 'taken'; task: Task; created: boolean; note?: string }
  | { type: 'refused'; text: string }
  /** `isOnCard`: the task's card says it, too. */
  | { type: 'done'; text: string; isOnCard?: boolean }
  /** The task, its picture and its clip are forgotten: what was shown of it goes away. `task` as it was, if it still was. */
  | { type: 'deleted'; text: string; task?: Task }
  /** Facts for the person alone who asked for them: a few short lines, 200 characters at most. */
  | { type: 'details'; text: string }
  /**
   * Asks for a scene (and options, where a form can), or for a picture; the answer comes back to the same action.
   * `value` and `options`: what stands there already. A seed that the answer does not name is another.
   */
  | {
      type: 'question';
      wants: 'scene' | 'picture';
      title: string;
      text: string;
      value: string;
      options: Options;
      task: Task;
      action: string;
    }
  /** A text file for the person alone, of a few megabytes at most. */
  | { type: 'file'; text: string; name: string; content: string }
  /** Asks whether the person means it, and them alone: the press is for `confirm`. `question`: 12 hex digits. */
  | { type: 'confirm'; text: string; label: string; question: string }
  /** Asks which task; the choice is a press of the action. */
  | { type: 'choice'; text: string; action: string; tasks: readonly Task[] }
  /**
   * More to press under this task, by the ids of the actions: for the person alone, or in place of its buttons. `link`: the
   * address that the text tells, for where one can be copied by a press.
   */
  | { type: 'menu'; text: string; task: Task; actions: readonly string[]; link?: string }
  /** The task is another now: what stands on its buttons, where it was pressed. `text` says so where nothing shows it. */
  | { type: 'changed'; text: string; task: Task }
  /** Asks for a place of this platform where both the person and the bot may post; the answer comes back to the same action. */
  | { type: 'where'; text: string; task: Task; action: string }
  /** A page of clips, each with a way to show it here; `taken` once pressed. Turned by `turnPage`. */
  | { type: 'clips'; text: string; page: GalleryPage }
  /** What is set for this chat, for those who may change it: one at a time, by `changeSetting`. `locale`: what it is in; `changes`: a line each, the newest first. */
  | { type: 'settings'; locale: string; text: string; fields: readonly SettingField[]; changes: readonly string[] };

/** A setting of a chat as it stands. `shown`, `usually`: its value, and that where it is not set, in words. */
export type SettingField = {
  name: string;
  label: string;
  hint?: string;
  isSet: boolean;
  shown: string;
  usually: string;
} & (
  | { kind: 'choice'; value?: string; choices: readonly { value: string; label: string }[] }
  | { kind: 'number'; value?: number; min: number; max: number }
  /** As the platform knows them; `most` at once. `isPostedIn`: channels that clips are posted in. */
  | { kind: 'roles' | 'channels'; ids: readonly string[]; most: number; isPostedIn?: boolean }
);

/** Some clips: newest first, but for a story, which begins with its first. */
export interface GalleryPage {
  /** Names the view that it is a page of: 12 hex digits. Kept for a day. */
  view: string;
  /** From 0. */
  number: number;
  hasMore: boolean;
  clips: readonly Task[];
}
