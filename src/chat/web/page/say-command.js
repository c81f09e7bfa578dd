// @ts-check

import { api } from './api.js';
import { askWhether } from './confirm.tsx';
import { newKey } from './key.js';
import { saveFile } from './save-file.js';
import { WORDS } from './words.js';

/** @import { About, SettingsView, TaskView } from '../view.ts' */
/** @import { Reply } from './api.js' */

/**
 * Says a command without a picture, and does what it leads to. Resolves with what the bot says to it.
 * @param {About['commands'][number]} command @param {string} words
 * @returns {Promise<{ said: string, task?: TaskView, settings?: SettingsView }>}
 */
export async function sayCommand({ name, takes }, words) {
  const given = { key: newKey(), ...(takes && words ? { [takes]: words } : {}) };
  const { say: said = '', open, task, settings, file } = await meant(await api.say(name, given));
  if (open) location.assign(words ? `${open}?${new URLSearchParams({ words })}` : open);
  if (file) saveFile(file);
  return { said, task, settings };
}

/** Where the bot asks whether it is meant, the person does. @param {Reply} reply @returns {Promise<Reply>} */
async function meant(reply) {
  if (!reply.confirm) return reply;
  const { text, label, question } = reply.confirm;
  const isMeant = await askWhether({ title: WORDS.really, words: text, label });
  return isMeant ? api.confirm(question) : {};
}
