import { type Connection, type InferRawDocTypeFromSchema, Schema, type SchemaOptions } from 'mongoose';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const flag = { type: Boolean, required: true } as const;
const maybeText = { type: String, allowNull: false } as const;
const maybeNumber = { type: Number, allowNull: false } as const;
const maybeFlag = { type: Boolean, allowNull: false } as const;
const object = { type: Schema.Types.Mixed, required: true } as const;
/** A fact: a name and what it is, in a list, because a key that came from outside is no safe name of a field. */
const fact = new Schema({ name: text, value: text }, { _id: false });
const facts = { type: [fact], required: true } as const;

/** What is not in a schema is refused, not dropped. */
const OPTIONS = {
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
  minimize: false,
  id: false,
} as const satisfies SchemaOptions;

/** A task. All but the six parts at the end is there to be searched by; see `queries.ts` and `document.ts`. */
const task = new Schema(
  {
    _id: text,
    requestKey: text,
    requester: text,
    provider: text,
    place: text,
    cost: number,
    /** The first task of its line of takes, or else the one whose clip it shows. */
    story: maybeText,
    shows: maybeText,
    state: text,
    /** `waiting` to begin, or `running` at the provider; absent before and after. */
    stage: maybeText,
    /** Queued, and nobody holds it. */
    startable: maybeFlag,
    /** Holds a slot of its provider. */
    inFlight: maybeFlag,
    rank: number,
    createdAt: number,
    /** A leased task is due when its lease ends. Absent: nothing left to do. */
    dueAt: maybeNumber,
    endedAt: maybeNumber,
    leaseOwner: maybeText,
    leaseUntil: maybeNumber,
    /** Names the one claim that got it, so that two at once can tell which got what. */
    claim: maybeText,
    /** The lease is for starting. */
    starting: maybeFlag,
    version: number,
    /** Names the last save. */
    token: maybeText,
    asked: number,
    fixed: object,
    decisions: object,
    accepted: facts,
    sent: facts,
    requests: object,
    stars: { type: [String], required: true },
    /** Somebody starred it. */
    starred: flag,
  },
  OPTIONS,
);

/** Names the one file that holds a blob's bytes, which several blobs may. `_id`: task, slash, name. */
const blob = new Schema(
  {
    _id: text,
    task: text,
    /** One of GridFS by its id, an object by its name. */
    file: object,
    /** The bytes, where they are few: there is no such file then, and each owner has them. */
    data: { type: Buffer, allowNull: false },
    bytes: number,
    sha256: text,
    createdAt: number,
  },
  OPTIONS,
);

const spend = new Schema(
  {
    _id: text,
    person: text,
    /** Of early ones it is not known. */
    chat: maybeText,
    provider: text,
    cost: number,
    request: text,
    settled: flag,
    moderated: flag,
    at: number,
  },
  OPTIONS,
);

/** `value` as JSON: its keys may be a person's words. */
const value = new Schema({ _id: text, value: text, owner: maybeText, until: maybeNumber }, OPTIONS);

/** How far migrations have come. */
const version = new Schema({ _id: text, version: number, openedAt: maybeNumber }, OPTIONS);

type TaskPart = 'fixed' | 'decisions' | 'requests';
export type TaskDocument = Omit<InferRawDocTypeFromSchema<typeof task>, TaskPart> & Record<TaskPart, object>;
export type Fact = TaskDocument['sent'][number];

/** Models on this connection. */
export const modelsOf = (connection: Connection) => ({
  tasks: connection.model('tasks', task, 'tasks'),
  blobs: connection.model('blobs', blob, 'blobs'),
  spend: connection.model('spend', spend, 'spend'),
  kv: connection.model('kv', value, 'kv'),
  schema: connection.model('schema', version, 'schema'),
});
