import { z } from 'zod';
import { messagesFor } from '../../src/messages/messages.ts';
import { defineCommand } from '../command.ts';
import { ORDER_NAMES, orders } from './orders.ts';
import { overview } from './overview.ts';

/** `/admin`: how the bot does and, with a word, what its owner does about it. Others hear nothing of it. */
export const adminCommand = defineCommand({
  name: 'admin',
  who: 'owner',
  words: (locale) => messagesFor(locale).commands.admin,
  options: z.object({
    do: z.enum(ORDER_NAMES).optional(),
    what: z.string().max(200).optional(),
  }),
  async run(origin, { do: order, what = '' }, deps) {
    if (!origin.standing?.isAlone) return { type: 'refused', text: messagesFor(origin.locale).admin.inPrivate };
    if (order !== undefined) return orders[order](what.trim(), origin, deps);
    if (what !== '') return { type: 'refused', text: messagesFor(origin.locale).commands.admin.options.do.wrong };
    return { type: 'done', text: await overview(origin.locale, deps) };
  },
});
