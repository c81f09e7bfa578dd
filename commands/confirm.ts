import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import type { Reply } from './reply.ts';
import type { CommandDeps, RequestOrigin } from './table.ts';

/** A command that waits for a person's word. */
const waitingSchema = z.object({ command: z.string(), person: z.string() });

const draftKey = (question: string): string => `confirm:${question}`;

/** Asks a person whether they mean it: what then runs is the command's `confirmed`. The question is open for a day. */
export async function askToConfirm(
  { command, person, text, label }: z.infer<typeof waitingSchema> & { text: string; label: string },
  { drafts }: Pick<Store, 'drafts'>,
): Promise<Reply> {
  const question = randomBytes(6).toString('hex');
  await drafts.put({ key: draftKey(question), data: { command, person } });
  return { type: 'confirm', text, label, question };
}

/** A press under such a question: for whoever was asked, and once. */
export async function confirm(
  { origin, question }: { origin: RequestOrigin; question: string },
  deps: CommandDeps,
): Promise<Reply> {
  const { confirm: words } = messagesFor(origin.locale);
  const { drafts } = deps.store;
  const waiting = waitingSchema.safeParse((await drafts.get(draftKey(question)))?.data).data;
  const command = deps.commands.find(({ name }) => name === waiting?.command);
  if (!waiting || !command?.confirmed) return { type: 'refused', text: words.over };
  if (waiting.person !== origin.requester.id) return { type: 'refused', text: words.notYours };
  // Before the question goes: told again after a kill it is done again.
  const reply = await command.confirmed(origin, deps);
  await drafts.take(draftKey(question));
  return reply;
}
