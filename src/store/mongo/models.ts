import { type Connection, type Model, type mongo, Schema, type SchemaDefinition } from 'mongoose';

/** A fact: a name and what it is, in a list, because a key that came from outside is no safe name of a field. */
export interface Fact {
  name: string;
  value: string;
}

/** A task. All but the five parts at the end is there to be searched by; see `queries.ts` and `document.ts`. */
export interface TaskDoc {
  _id: string;
  requestKey: string;
  requester: string;
  provider: string;
  place: string;
  cost: number;
  state: string;
  /** `waiting` to begin, or `running` at the provider; absent before and after. */
  stage?: string;
  /** Queued, and nobody holds it. */
  startable?: boolean;
  /** Holds a slot of its provider. */
  inFlight?: boolean;
  rank: number;
  createdAt: number;
  /** A leased task is due when its lease ends. Absent: nothing left to do. */
  dueAt?: number;
  endedAt?: number;
  leaseOwner?: string;
  leaseUntil?: number;
  /** Names the one claim that got it, so that two at once can tell which got what. */
  claim?: string;
  /** The lease is for starting. */
  starting?: boolean;
  version: number;
  /** Names the last save. */
  token?: string;
  asked: number;
  fixed: object;
  decisions: object;
  accepted: Fact[];
  sent: Fact[];
  requests: object;
}

/** Names the one file that holds a blob's bytes. `_id`: task, slash, name. */
export interface BlobDoc {
  _id: string;
  task: string;
  file: mongo.ObjectId;
  bytes: number;
  sha256: string;
  createdAt: number;
}

export interface DraftDoc {
  _id: string;
  /** JSON: its keys are somebody else's. */
  data: string;
  expiresAt: number;
}

export interface SpendDoc {
  _id: string;
  person: string;
  provider: string;
  cost: number;
  request: string;
  settled: boolean;
  moderated: boolean;
  at: number;
}

export interface PaceDoc {
  _id: string;
  /** JSON, as in a draft. */
  data: string;
}

export interface ParkedDoc {
  _id: string;
  until: number;
  reason: string;
}

export interface LockDoc {
  _id: string;
  owner: string;
  until: number;
}

/** How far migrations have come. */
export interface SchemaDoc {
  _id: string;
  version: number;
  openedAt: number;
}

export interface Models {
  tasks: Model<TaskDoc>;
  blobs: Model<BlobDoc>;
  drafts: Model<DraftDoc>;
  spend: Model<SpendDoc>;
  durations: Model<PaceDoc>;
  cooldowns: Model<ParkedDoc>;
  locks: Model<LockDoc>;
  schema: Model<SchemaDoc>;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const object = { type: Schema.Types.Mixed, required: true };
const facts = { type: [{ _id: false, name: String, value: String }], required: true };

/** Models on this connection. Indexes are made by migrations alone; what is not in a schema is refused, not dropped. */
export function modelsOf(connection: Connection): Models {
  function model<T extends { _id: string }>(name: string, definition: SchemaDefinition<T>): Model<T> {
    const schema = new Schema<T>(definition, {
      ...{ collection: name, autoIndex: false, autoCreate: false, bufferCommands: false },
      ...{ strict: 'throw', strictQuery: 'throw', versionKey: false, minimize: false, id: false },
    });
    return connection.model<T>(name, schema);
  }

  return {
    tasks: model<TaskDoc>('tasks', {
      _id: text,
      requestKey: text,
      requester: text,
      provider: text,
      place: text,
      cost: number,
      state: text,
      stage: String,
      startable: Boolean,
      inFlight: Boolean,
      rank: number,
      createdAt: number,
      dueAt: Number,
      endedAt: Number,
      leaseOwner: String,
      leaseUntil: Number,
      claim: String,
      starting: Boolean,
      version: number,
      token: String,
      asked: number,
      fixed: object,
      decisions: object,
      accepted: facts,
      sent: facts,
      requests: object,
    }),
    blobs: model<BlobDoc>('blobs', {
      _id: text,
      task: text,
      file: { type: Schema.Types.ObjectId, required: true },
      bytes: number,
      sha256: text,
      createdAt: number,
    }),
    drafts: model<DraftDoc>('drafts', { _id: text, data: text, expiresAt: number }),
    spend: model<SpendDoc>('spend', {
      _id: text,
      person: text,
      provider: text,
      cost: number,
      request: text,
      settled: Boolean,
      moderated: Boolean,
      at: number,
    }),
    durations: model<PaceDoc>('paces', { _id: text, data: text }),
    cooldowns: model<ParkedDoc>('parked', { _id: text, until: number, reason: String }),
    locks: model<LockDoc>('locks', { _id: text, owner: text, until: number }),
    schema: model<SchemaDoc>('schema', { _id: text, version: number, openedAt: Number }),
  };
}
