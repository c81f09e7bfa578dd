import { z } from 'zod';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../src/media/pictures/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { creditsOf } from '../src/providers/models.ts';
import { defineCommand } from './command.ts';
import { toldTo } from './denied-to.ts';

/** `/help`: the commands and buttons, as the tables have them. */
export const helpCommand = defineCommand({
  name: 'help',
  words: (locale) => messagesFor(locale).commands.help,
  options: z.object({}),
  async run(origin, _options, deps) {
    const { locale } = origin;
    const { actions, provider, otherWays } = deps;
    const words = messagesFor(locale).help;
    const cost = creditsOf(provider, {});
    const said = toldTo(origin, deps).map((command) => {
      const { name, description } = command.words(locale);
      return words.command(name, description);
    });
    const pressed = actions.flatMap((action) => {
      const { label, help } = action.words(locale);
      return help === undefined ? [] : [words.action(label, help)];
    });
    const text = [
      words.intro,
      ...said,
      ...(otherWays?.(locale) ?? []),
      words.under,
      ...pressed,
      words.pictures(MAX_PICTURE_BYTES / (1024 * 1024), MIN_SIDE_PX),
      cost > 0 ? words.paid(cost) : words.free,
    ].join('\n');
    return { type: 'done', text };
  },
});
