import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../util/hash.ts';
import { type KeyValues, valueKey } from './kv.ts';

/** Where a task's link is kept, which goes with it. */
export const linkKey = (taskId: string): string => valueKey('link', taskId);

const linkSchema = z.object({
  secret: z.string(),
  /** The id of the person who opened it. */
  by: z.string(),
});

/** A task's id in 16 characters, and 16 random bytes in 22. */
const TOKEN = /^([\w-]{16})([\w-]{22})$/;
const tokenOf = (taskId: string, secret: string): string => Buffer.from(taskId, 'hex').toString('base64url') + secret;

/** Link pages: one for a task at most, from when it is opened until it is revoked or its task goes. */
export function createLinks(values: KeyValues) {
  async function get(taskId: string): Promise<{ token: string; by: string } | undefined> {
    const found = await values.get(linkKey(taskId));
    if (!found) return undefined;
    const { secret, by } = linkSchema.parse(found.value);
    return { token: tokenOf(taskId, secret), by };
  }

  return {
    get,
    /** The link's token, which cannot be guessed: that of the one that is open, else of a new one. */
    async open(taskId: string, by: string): Promise<string> {
      const secret = randomBytes(16).toString('base64url');
      await values.put({ key: linkKey(taskId), value: { secret, by } }, { replaces: 'none' });
      // Gone where it was revoked just now: as if that had come after this.
      return (await get(taskId))?.token ?? tokenOf(taskId, secret);
    },
    /** The task whose link it is; undefined where it is none, or none any more. */
    async find(token: string): Promise<string | undefined> {
      const taskId = Buffer.from(TOKEN.exec(token)?.[1] ?? '', 'base64url').toString('hex');
      const open = taskId === '' ? undefined : await get(taskId);
      // By their hashes: how soon two of those differ tells nothing.
      return open && sha256(open.token) === sha256(token) ? taskId : undefined;
    },
    async revoke(taskId: string): Promise<void> {
      await values.remove(linkKey(taskId));
    },
  };
}
