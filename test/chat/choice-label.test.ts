import { expect, test } from 'vitest';
import { choiceKeyboard } from '../../src/chat/telegram/buttons.ts';
import { someTask } from '../helpers/task.ts';

test('a task is chosen by its scene; a covered one by its age alone', () => {
  const { options } = someTask('rendering');
  const at = { received: 0 };
  const tasks = [
    someTask('rendering', { scene: 'a lamp\nflickers', at }),
    someTask('rendering', { scene: '', at }),
    someTask('rendering', { scene: 'a secret', at, options: { ...options, spoiler: true } }),
  ];
  const labels = choiceKeyboard('cancel', tasks, 180_000)
    .inline_keyboard.flat()
    .map(({ text }) => text);
  expect(labels).toEqual(['a lamp flickers', 'moves by itself', 'a covered scene, asked for about 3 min ago']);
});
