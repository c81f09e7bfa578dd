import type { mongo } from 'mongoose';
import { z } from 'zod';

type Command = Record<string, unknown>;

/** One kind of question or change, and how the server says that it goes about it. */
export interface Planned {
  /** Command, collection, and what it asks by, without values. */
  shape: string;
  isScan: boolean;
  /** Indexes of all plans that were looked at, as `collection.name`. */
  indexes: string[];
}

const sentSchema = z.object({ q: z.record(z.string(), z.unknown()) }).loose();
const statementsSchema = z.array(sentSchema);
/** What a command says beside what it asks. */
const ENVELOPE = /^(\$.*|lsid|txnNumber|writeConcern|readConcern|ordered|comment|maxTimeMS|bypassDocumentValidation)$/;
const SHOWN = ['filter', 'query', 'pipeline', 'updates', 'deletes', 'sort', 'limit'];

/** Collects what a client asks, a sample of each kind; `explain` has the server plan them, without doing them. */
export function collectAsked(client: mongo.MongoClient) {
  const asked = new Map<string, Command>();
  client.on('commandStarted', ({ commandName, command }) => {
    const bare = Object.fromEntries(Object.entries<unknown>(command).filter(([name]) => !ENVELOPE.test(name)));
    for (const each of statementsOf(commandName, bare)) {
      const shape = shapeOf(each);
      if (isPlanned(commandName, each) && !asked.has(shape)) asked.set(shape, each);
    }
  });
  return {
    async explain(database: mongo.Db): Promise<Planned[]> {
      const planned: Planned[] = [];
      for (const [shape, command] of asked) {
        const told = await database.command({ explain: command, verbosity: 'queryPlanner' });
        const plans = JSON.stringify(told);
        const indexes = [...plans.matchAll(/"indexName":"([^"]+)"/g)].map(
          ([, name = '']) => `${Object.values(command)[0]}.${name}`,
        );
        planned.push({ shape, isScan: plans.includes('"COLLSCAN"'), indexes });
      }
      return planned;
    },
  };
}

const unionSchema = z.object({ $unionWith: z.object({ coll: z.string(), pipeline: z.array(z.unknown()) }) });

/** Each of several at once is planned by itself. */
function statementsOf(name: string, command: Command): Command[] {
  if (name === 'aggregate') {
    const stages = z.array(z.unknown()).parse(command.pipeline);
    const unions = stages.map((stage) => unionSchema.safeParse(stage).data?.$unionWith);
    const own = { ...command, pipeline: stages.filter((_, n) => !unions[n]) };
    return [
      own,
      ...unions.flatMap((union) => (union ? [{ ...command, aggregate: union.coll, pipeline: union.pipeline }] : [])),
    ];
  }
  const many = name === 'update' ? 'updates' : name === 'delete' ? 'deletes' : undefined;
  if (!many) return [command];
  return statementsSchema.parse(command[many]).map((one) => ({ ...command, [many]: [one] }));
}

const PLANNED = ['find', 'aggregate', 'count', 'distinct', 'update', 'delete', 'findAndModify'];

/** All of a collection is what is wanted where nothing is asked by: to count it, or to empty it. */
function isPlanned(name: string, { filter, pipeline, updates, deletes, query }: Command): boolean {
  const [first] = z.array(z.unknown()).parse(pipeline ?? updates ?? deletes ?? []);
  const by = filter ?? query ?? sentSchema.safeParse(first).data?.q ?? first;
  return PLANNED.includes(name) && !/^(\{\}|\{"\$match":\{\}\})?$/.test(JSON.stringify(by ?? {}));
}

const shapeOf = (command: Command): string => {
  const [about] = Object.entries(command);
  const parts = SHOWN.filter((name) => name in command).map(
    (name) => `${name} ${JSON.stringify(blank(command[name]))}`,
  );
  return `${about?.join(' ')}: ${parts.join(', ')}`;
};

/** Without values; a list that only has values is as long as any other. */
function blank(value: unknown): unknown {
  if (Array.isArray(value)) {
    const each = value.map(blank);
    return each.every((one) => one === '?') ? ['?'] : each;
  }
  if (typeof value !== 'object' || value === null || !isPlain(value)) return '?';
  // What is undefined is not sent.
  const sent = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(sent.map(([name, one]) => [name, blank(one)]));
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;
