import { expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { questionKeyboard, usualChoices } from '../../../src/chat/telegram/receive/choices.ts';
import type { Question } from '../../../src/chat/telegram/receive/questions.ts';
import { scriptedProvider } from '../../helpers/rig.ts';

const place = { platform: 'telegram', chat: '-1' };
const question = (action: string): Question => ({
  type: 'action',
  requestKey: 'a',
  person: 'telegram:1',
  place,
  given: {},
  action,
  taskId: 'a'.repeat(24),
  words: 'the boat sails on',
});

test('under a question about what goes on from a clip no frame is to be chosen: it begins where that one ends', () => {
  const provider = scriptedProvider({ endFrame: true });
  const command = commands.find(({ name }) => name === 'animate')?.offeredBy(provider);
  if (!command) throw new Error('no such command');
  const chosen = usualChoices({}, { defaultFit: 'crop', provider });
  const isFramed = (action: string, isOfNext: boolean): boolean =>
    questionKeyboard(question(action), { command, chosen, locale: 'en', isOfNext }, { provider })
      .inline_keyboard.flat()
      .some(({ text }) => text.startsWith('Frame'));
  expect([isFramed('edit', false), isFramed('edit', true), isFramed('continue', false)]).toEqual([true, false, false]);
});
