import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { confirm } from '../../../commands/confirm.ts';
import { findExisting } from '../../../commands/record.ts';
import type { Command, CommandDeps, OptionInfo } from '../../../commands/table.ts';
import { withChanges } from '../../util/with-changes.ts';
import type { Bodies } from './body.ts';
import { newBrowser } from './browsers.ts';
import { browserIn, keySchema, personIn, WEB_REQUESTER, type WebEnv, webOrigin } from './env.ts';
import type { Pace } from './pace.ts';
import { Problem } from './problem.ts';
import { readerOf } from './reader.ts';
import type { ShowReply } from './replies.ts';
import { heldTogether } from './sender-limit.ts';

const PICTURE_TYPE = 'application/octet-stream';
/** A number of bytes, far beyond any body. */
const lastAtSchema = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number)
  .optional();
const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/**
 * Commands: `POST /api/commands/<name>?key&<options>`, with the picture's bytes as body where it takes one, and with those
 * of the picture that the clip is to end on from the byte `lastAt` on, where that is said; and
 * `POST /api/confirm/<question>`, where one asks whether it is meant.
 */
export function createCommands(options: {
  deps: CommandDeps;
  bodies: Bodies;
  pace: Pace;
  answer: ShowReply;
}): Hono<WebEnv> {
  const { bodies, pace, answer } = options;
  const routes = new Hono<WebEnv>();
  /** Who comes without a mark is whoever sits at this machine: all that was made without one is theirs. */
  const depsFor = (c: Context<WebEnv>): CommandDeps =>
    withChanges(heldTogether(options.deps, personIn(c).from), {
      isOnePerson: personIn(c).requester.id === WEB_REQUESTER.id,
    });
  for (const command of options.deps.commands) routes.post(`/api/commands/${command.name}`, (c) => run(command, c));
  routes.post('/api/confirm/:question', async (c) => {
    await bodies.discard(c.env.incoming);
    const question = c.req.param('question');
    const reader = readerOf(c);
    const origin = webOrigin(c, reader.locale, `web:confirm-${question}`);
    const reply = await confirm({ origin, question }, depsFor(c));
    // What is asked about is whether to be forgotten: the name, and who they were, go from the browser, too.
    if (reply.type === 'done' && browserIn(c)) c.set('mark', newBrowser());
    return answer(reply, { refused: 409, reader });
  });
  return routes;

  async function run(command: Command, c: Context<WebEnv>) {
    const { incoming } = c.env;
    const [picture, last] = command.options.filter(({ type }) => type === 'picture');
    if (picture && c.req.header('content-type')?.split(';')[0]?.trim() !== PICTURE_TYPE)
      throw new Problem(415, ({ web }) => web.badType);
    const query = c.req.query();
    const key = keySchema.safeParse(query.key);
    if (!key.success) throw new Problem(400, ({ web }) => web.badKey);
    const lastAt = lastAtSchema.safeParse(query.lastAt);
    if (!lastAt.success) throw new Problem(400, ({ web }) => web.badLastAt);
    const isOfTwo = last !== undefined && lastAt.data !== undefined;
    if (picture && lastAt.data !== undefined && !last) throw new Problem(400, ({ models }) => models.noLast([]));
    const deps = depsFor(c);
    const reader = readerOf(c);
    const origin = webOrigin(c, reader.locale, `web:${key.data}`);
    const given = Object.fromEntries([
      ...command.options.map((option) => [option.name, givenIn(option, query)]),
      ...command.points.map((name) => [name, query[name]]),
    ]);
    const early =
      (await findExisting(origin.requestKey, deps.store)) ?? (picture && pace(reader.person, clipsIn(given)));
    if (early || !picture) await bodies.discard(incoming);
    if (early) return answer(early, { refused: 400, reader });
    const reply = picture
      ? await bodies.withPicture(
          incoming,
          (bytes) => {
            const pictures = isOfTwo
              ? { [picture.name]: bytes.subarray(0, lastAt.data), [last.name]: bytes.subarray(lastAt.data) }
              : { [picture.name]: bytes };
            return command.execute(origin, { ...given, ...pictures }, deps);
          },
          { pictures: isOfTwo ? 2 : 1 },
        )
      : await command.execute(origin, given, deps);
    return answer(reply, { refused: 400, reader });
  }
}

/** What is no number of clips is refused by the command. */
const clipsIn = ({ takes }: Record<string, unknown>): number => (typeof takes === 'number' && takes > 1 ? takes : 1);

/** A text that is no number is NaN, which no range takes: the command says so in words. */
function givenIn(
  { name, type, choices }: OptionInfo,
  query: Record<string, string>,
): string | number | boolean | undefined {
  const text = query[name];
  if (type === 'picture' || text === undefined) return undefined;
  if (type === 'flag') return FLAGS[text] ?? text;
  const isNumber = type === 'integer' || typeof choices?.[0] === 'number';
  if (!isNumber) return text;
  return text.trim() === '' ? undefined : Number(text);
}
