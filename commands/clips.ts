import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import { defineCommand, personOption } from './command.ts';
import { firstPage } from './gallery.ts';
import { isOneself } from './may-see.ts';

/** `/clips`: what was made here, or one's own clips from everywhere. */
export const clipsCommand = defineCommand({
  name: 'clips',
  words: (locale) => messagesFor(locale).commands.clips,
  options: z.object({
    of: z.enum(['here', 'mine']).optional(),
    words: z.string().max(200).optional(),
    by: personOption().optional(),
    starred: z.boolean().optional(),
  }),
  async run({ requester, place, locale }, { of, words, by, starred }, { store }) {
    const text = messagesFor(locale).clips;
    if (of === 'mine' && !isOneself(requester)) return { type: 'refused', text: text.asYourself };
    const where = of === 'mine' ? { person: requester.id } : ({ platform: place.platform, chat: place.chat } as const);
    const wanted = { in: where, by, isStarred: starred, words: words?.split(/\s+/) };
    const page = await firstPage({ of: wanted, requester }, store);
    if (page.clips.length === 0) return { type: 'refused', text: text.none };
    return { type: 'clips', text: of === 'mine' ? text.mine : text.title, page };
  },
});
