import type { About, Answer } from '../view.ts';
import { beginAnew } from './anew.ts';
import { api } from './api.ts';
import { askWhether } from './confirm.tsx';
import { newKey } from './key.ts';
import { session } from './lasting.ts';
import { saveFile } from './save-file.ts';
import { WORDS } from './words.ts';

/** What was said when this page began anew, which says it then. */
const SAID = 'said';

/** What was said before this page began anew: once. */
export function saidBefore(): string {
  const said = session.get(SAID) ?? '';
  session.set(SAID, '');
  return said;
}

/** Says a command without a picture, and does what it leads to. Resolves with what the bot answers. */
export async function sayCommand({ name, takes }: About['commands'][number], words: string): Promise<Answer> {
  const given = { key: newKey(), ...(takes && words ? { [takes]: words } : {}) };
  const answer = await meant(await api.say(name, given));
  const { open, file } = answer;
  if (open) location.assign(words ? `${open}?${new URLSearchParams({ words })}` : open);
  if (file) saveFile(file);
  return answer;
}

/** Where the bot asks whether it is meant, the person does. */
async function meant(answer: Answer): Promise<Answer> {
  if (!answer.confirm) return answer;
  const { text, label, question } = answer.confirm;
  const isMeant = await askWhether({ title: WORDS.really, words: text, label });
  if (!isMeant) return {};
  const done = await api.confirm(question);
  session.set(SAID, done.say ?? '');
  beginAnew();
  return done;
}
