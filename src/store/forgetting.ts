import { z } from 'zod';
import { type KeyValues, valueKey } from './kv.ts';
import { pages } from './pages.ts';

/** Values looked at at once. */
const PAGE = 200;
/** What may name a person and stays: what is still to be done for them, and what is a chat's: see `ChatSettingsPort`. */
const STAY = ['forget:', 'removal:', 'settings:'];

const forgettingSchema = z.object({
  /** The person's id. */
  person: z.string(),
  /** On the store's clock: what is asked for later is theirs to keep. */
  askedAt: z.number(),
  /** Their stars and small values are gone: what is there by now came later. */
  hasNoValues: z.boolean().optional(),
});
/** A person's word that what they have is to be forgotten. */
export type Forgetting = z.infer<typeof forgettingSchema>;

const keyOf = ({ person, askedAt }: Forgetting): string => valueKey('forget', `${person} ${askedAt}`);

/** Who is to be forgotten: on record until it is done, whatever ends in between. */
export const createForgetting = (values: KeyValues) => ({
  async ask(forgetting: Forgetting): Promise<void> {
    await values.put({ key: keyOf(forgetting), value: forgetting }, { replaces: 'any' });
  },
  /** So many at most, in the order of their keys; those behind `after`. */
  async open(limit: number, after?: Forgetting): Promise<Forgetting[]> {
    return (await values.list('forget:', limit, after && keyOf(after))).flatMap(
      ({ value }) => forgettingSchema.safeParse(value).data ?? [],
    );
  },
  /** Marks it. */
  async valuesGone(forgetting: Forgetting): Promise<void> {
    const value: Forgetting = { ...forgetting, hasNoValues: true };
    await values.put({ key: keyOf(forgetting), value }, { replaces: 'any' });
  },
  async done(forgetting: Forgetting): Promise<void> {
    await values.remove(keyOf(forgetting));
  },
  /** Removes the small values that name a person, whatever kind they are of: open questions and forms, views, waits. */
  async removeValues(person: string): Promise<void> {
    const named = naming(person);
    for await (const found of pages((last?: { key: string }) => values.list('', PAGE, last?.key)))
      for (const { key, value } of found)
        if (!STAY.some((kind) => key.startsWith(kind)) && named.test(`${key} ${JSON.stringify(value)}`))
          await values.remove(key);
  },
});

/** The id as a word of its own: that of another may begin like it. Their private chat with each of several bots is called so, too. */
function naming(person: string): RegExp {
  const [service = '', ...id] = person.split(':').map((part) => part.replace(/\W/g, '\\$&'));
  return new RegExp(`(?<![\\w-])${[`${service}(?:-\\d+)?`, ...id].join(':')}(?![\\w-])`);
}
