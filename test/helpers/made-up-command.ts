import { z } from 'zod';
import { defineAction } from '../../commands/action.ts';
import { defineCommand } from '../../commands/command.ts';

/** A command and an action that no line of the program knows: `/echo words [times]`, and **Applaud** under a clip. */
export function madeUpCommand() {
  const applause: string[] = [];
  const echo = defineCommand({
    name: 'echo',
    words: () => ({
      name: 'echo',
      description: 'Says it again',
      options: {
        words: { name: 'words', description: 'What to say', wrong: 'Say something.' },
        times: { name: 'times', description: 'How often', wrong: 'Times goes from 1 to 3.' },
      },
    }),
    options: z.object({ words: z.string(), times: z.int().min(1).max(3).optional() }),
    run: async (_origin, { words, times = 1 }) => ({ type: 'done', text: Array(times).fill(words).join(' ') }),
  });
  const applaud = defineAction({
    id: 'applaud',
    words: () => ({ label: 'Applaud', help: 'claps' }),
    style: 'plain',
    who: 'here',
    isOffered: ({ state }) => state === 'delivered',
    async run({ origin, task }) {
      applause.push(`${origin.requester.id} ${task.scene}`);
      return { type: 'done', text: 'Clap clap.' };
    },
  });
  return { echo, applaud, applause };
}
