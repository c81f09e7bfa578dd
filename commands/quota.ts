import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import { defineCommand } from './command.ts';

/** `/quota`: how much a person may still ask for. */
export const quotaCommand = defineCommand({
  name: 'quota',
  words: (locale) => messagesFor(locale).commands.quota,
  options: z.object({}),
  async run(origin, _options, { admission, provider }) {
    const quota = await admission.quota({ provider: provider.name, ...origin });
    return { type: 'details', text: messagesFor(origin.locale).quota(quota) };
  },
});
