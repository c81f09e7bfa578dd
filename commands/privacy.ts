import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import { spendKeptMs } from '../src/store/spend.ts';
import { defineCommand } from './command.ts';

/** `/privacy`: what is kept of a person, and for how long, as things are set up. */
export const privacyCommand = defineCommand({
  name: 'privacy',
  words: (locale) => messagesFor(locale).commands.privacy,
  options: z.object({}),
  async run({ locale }, _options, { keepMs, provider, publicUrl }) {
    const text = messagesFor(locale).privacy({
      keepMs,
      spendMs: spendKeptMs(keepMs),
      service: provider.capabilities.local ? undefined : provider.name,
      hasLinks: publicUrl !== undefined,
    });
    return { type: 'done', text };
  },
});
