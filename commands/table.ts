import type { RemotePicture } from '../src/media/pictures/declared.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { Store } from '../src/store/store.ts';
import type { WithRoom } from '../src/store/tasks.ts';
import type { Fit } from '../src/task/picture.ts';
import type { NewTask, Place, Task } from '../src/task/task.ts';
import type { Admission } from './admission.ts';
import type { Reply } from './reply.ts';
import type { ChosenSettings } from './settings/rows.ts';
import type { Standing } from './settings/standing.ts';

/** A request's person, place, language and key: the same however often a platform tells it. */
export interface RequestOrigin extends Pick<NewTask, 'requester' | 'place' | 'locale'> {
  requestKey: string;
  /** Not on record. */
  standing?: Standing;
}

/** A place that shows what many people starred. */
export interface GalleryPlace extends Pick<Place, 'platform' | 'chat'> {
  /** The server that it is in, whose settings hold there; undefined where that cannot be told now. Absent: it is in none. */
  community?(): Promise<{ id?: string } | undefined>;
}

/** The parts that commands and actions work with. */
export interface CommandDeps {
  store: Store;
  provider: Provider;
  admission: Admission;
  /** The operator's own. */
  defaultFit: Fit;
  /** What is set at the place of the request, once that is known; see `partsAt`. */
  chosen?: ChosenSettings;
  /** Of the worker of this process; absent where there is none. */
  withRoom?: WithRoom;
  /** Ids of those who run this bot; absent: nobody. */
  owners?: readonly string[];
  /** Names of the platforms that people are on; absent: any. */
  platforms?: readonly string[];
  /** All that can render; absent: what renders new requests alone. */
  providers?: readonly Provider[];
  /** The tables themselves: `/help` tells of what stands in them. */
  commands: readonly Command[];
  actions: readonly Action[];
  /** A clip that so many people starred is shown in the galleries, too. */
  starsNeeded: number;
  /** Places of the operator's that show what many people starred. */
  galleries: readonly GalleryPlace[];
  /** The address under which clips have pages of their own; absent where people cannot reach this bot from outside. */
  publicUrl?: string;
  /** Tasks are forgotten so long after they ended; milliseconds. */
  keepMs: number;
  /** Where a person is alone with the bot on this platform; undefined where that cannot be. */
  privatePlace?(requester: NewTask['requester']): Promise<Place | undefined>;
  /** A person's standing now where a task is, on whichever platform; undefined where that cannot be told. */
  standingIn?(task: Pick<Task, 'place' | 'requester'>): Promise<Standing | undefined>;
  /** How else to ask on this platform, a line each: `/help` tells of it after the commands. */
  otherWays?(locale: string): readonly string[];
  /** All who come by this platform are one person to it: what is theirs is everybody's there. */
  isOnePerson?: boolean;
  /** The sentence on messages that this platform does not let a bot take back; absent where it lets it. */
  staysShown?(locale: string): string;
}

/** A command's name and words, in one language. */
export interface CommandWords {
  name: string;
  description: string;
  options: Readonly<Record<string, OptionWords>>;
}

export interface OptionWords {
  name: string;
  description: string;
  /** What stands over its field in a form, where that is not its name. */
  label?: string;
  /** Names of the values that may be chosen. */
  choices?: Readonly<Record<string, string>>;
  /** The sentence for a value that it does not take. */
  wrong: string;
}

/** A command that a person can say; it parses the options before it runs. */
export interface Command {
  /** Its name in the table, and in the default language. */
  readonly name: string;
  /** `managers`: those who look after the chat, and each where they are alone with the bot; `owner`: who runs it, and nobody else hears of it. */
  readonly who: 'all' | 'managers' | 'owner';
  words(locale: string): CommandWords;
  /** In the order in which they are asked for. */
  readonly options: readonly OptionInfo[];
  /** Names of options that are places in the picture, as `0.3,0.6`: only asked for where a person can point there. */
  readonly points: readonly string[];
  /** The same command with the options and values that there are where this renders. */
  offeredBy(provider: Provider): Command;
  /** The sentences against options that were given so far, where others are still to come; undefined where there are none. */
  problem(given: Readonly<Record<string, unknown>>, locale: string): string | undefined;
  /** Parses the options and runs. What is wrong with them is a refusal in words. */
  execute(origin: RequestOrigin, given: Readonly<Record<string, unknown>>, deps: CommandDeps): Promise<Reply>;
  /** Runs once the person said that they mean it, where it asked them: see `askToConfirm`. */
  confirmed?(origin: RequestOrigin, deps: CommandDeps): Promise<Reply>;
}

/** An option, as platforms ask for it. */
export interface OptionInfo {
  name: string;
  /** `clip`: the id of a clip, or words of its scene, completed where a platform can; `person`: the id of one. */
  type: 'picture' | 'text' | 'integer' | 'choice' | 'flag' | 'clip' | 'person';
  required: boolean;
  min?: number;
  max?: number;
  /** Stands behind a value where it is typed: `10s`. */
  unit?: string;
  /** A form that has no room for all does without it first. */
  isSeldom?: boolean;
  /** Nothing that renders here makes anything of it: it is not asked for, and refused where it is typed. */
  isUnheeded?: boolean;
  /** Of the request alone: another take of its clip is not asked for it. */
  isOnce?: boolean;
  /** Values to choose from: of an integer, too. */
  choices?: readonly (string | number)[];
  /** The name of a value that is what renders alone to name; else the command's words have it. */
  nameOf?(choice: string | number, locale: string): string;
}

/** An option, or its values, that there are where a provider renders; less than two are no choice. */
export interface OfferedValues {
  choices?: readonly (string | number)[];
  /** Of one that has no values to choose from: whether it is there. */
  isThere?: boolean;
  nameOf?: OptionInfo['nameOf'];
  /** The sentence for another value. */
  wrong(locale: string): string;
}

/** The answer to an action's question, as far as it was asked for; what is absent stays as it is. */
export interface PressAnswer {
  scene?: string;
  options?: Readonly<Record<string, unknown>>;
  picture?: Uint8Array | RemotePicture;
  /** Where to: the platform has looked that the person and the bot may both post there. */
  place?: Place;
}

/** A press of a button under a task's card or clip, once it is known that the person may. */
export interface Press {
  origin: RequestOrigin;
  task: Task;
  /** The person's answer, where the action asks. */
  answer?: PressAnswer;
}

/** An action that a person can press. */
export interface Action {
  /** Stands in buttons, which outlive the program: lower case letters and `-`, at most 16. */
  readonly id: string;
  words(locale: string): ActionWords;
  readonly style: 'plain' | 'primary' | 'danger';
  /**
   * `author`: the person who asked for the clip. `own`: they, and moderators of its place. `here`: everybody where it is
   * shown.
   */
  readonly who: 'author' | 'own' | 'here';
  /** Whether it stands under a task as it is now. */
  isOffered(task: Task): boolean;
  /** Whether it then stands behind **More** and not on the card itself. */
  isInMenu?(task: Task): boolean;
  /** Its label under this task, where that tells more than the usual one. */
  labelOf?(task: Task, locale: string): string;
  /** Only where people reach this bot from outside. */
  readonly needsPublicUrl?: boolean;
  /** Each press makes something new, so the button carries a number that is renewed after use. */
  readonly renews: boolean;
  /** Pressed twice it is undone: of several processes that hear of one press, one acts. */
  readonly toggles?: boolean;
  /** It takes a task's messages away: those of one that is gone already, too. */
  readonly removes?: boolean;
  run(press: Press, deps: CommandDeps): Promise<Reply>;
}

export interface ActionWords {
  label: string;
  /** Its words in `/help`, after its label. */
  help?: string;
}
