import { z } from 'zod';
import type { RemotePicture } from '../src/media/pictures/declared.ts';
import type { Provider } from '../src/providers/provider.ts';
import { focusSchema } from '../src/task/picture.ts';
import { deniedTo } from './denied-to.ts';
import type { Reply } from './reply.ts';
import { partsAt } from './settings/at-place.ts';
import type { Command, CommandDeps, CommandWords, OfferedValues, OptionInfo, RequestOrigin } from './table.ts';

/** An option that a person gives a picture with: its schema's `meta` says so. */
export const pictureOption = () =>
  z.custom<RemotePicture | Uint8Array>((given) => given !== undefined).meta({ type: 'picture' });

/** Two shares of a picture's sides. */
const POINT = /^\s*([\d.]+)\s*,\s*([\d.]+)\s*$/;

/** An option that names a place in a picture, as `0.3,0.6`: for platforms where a person can point there. */
export const pointOption = () =>
  z
    .string()
    .transform((text) => {
      const [, x, y] = POINT.exec(text) ?? [];
      return { x: Number(x), y: Number(y) };
    })
    .pipe(focusSchema);

/** An option that names a clip: its id, the end of that, or words of its scene. Platforms complete it where they can. */
export const clipOption = () => z.string().max(200).meta({ type: 'clip' });

/** An option that names a person by id. */
export const personOption = () => z.string().max(100).meta({ type: 'person' });

/**
 * A command, which a person can say: one file, and one line in `commands/index.ts`. It knows no platform. Throws a
 * `TypeError` for an option that no platform could ask for.
 */
export function defineCommand<Shape extends z.ZodRawShape>(definition: {
  name: string;
  who?: Command['who'];
  words(locale: string): CommandWords;
  /** One whose `meta` says `isOffered` is there only where `offers` has values for it. */
  options: z.ZodObject<Shape>;
  /** Values by option, where they depend on what renders. */
  offers?(provider: Provider): Offers;
  run(origin: RequestOrigin, options: z.infer<z.ZodObject<Shape>>, deps: CommandDeps): Promise<Reply>;
  confirmed?: Command['confirmed'];
}): Command {
  const { name, who = 'all', words, options, run, confirmed, offers: offersOf } = definition;
  const points = Object.keys(options.shape).filter((each) => isPoint(options.shape[each]));
  const commandWith = (offers: Offers): Command => ({
    name,
    who,
    words,
    confirmed,
    options: infoOf(name, options, offers),
    points,
    offeredBy: (provider) => (offersOf ? commandWith(offersOf(provider)) : always),
    problem(given, locale) {
      const parsed = options.partial().safeParse(given);
      return parsed.success
        ? notOffered(given, offers, locale)
        : wrongOptions(parsed.error, words(locale).options, offers, locale);
    },
    async execute(origin, given, deps) {
      const denied = await deniedTo(who, origin, deps);
      if (denied) return denied;
      const parsed = options.safeParse(given);
      if (!parsed.success)
        return {
          type: 'refused',
          text: wrongOptions(parsed.error, words(origin.locale).options, offers, origin.locale),
        };
      const text = notOffered(given, offers, origin.locale);
      if (text !== undefined) return { type: 'refused', text };
      return run(origin, parsed.data, await partsAt(origin.place, deps));
    },
  });
  const always = commandWith({});
  return always;
}

type Offers = Readonly<Record<string, OfferedValues>>;

/** The sentences against values that there are not where this renders; undefined where all are there. */
function notOffered(given: Readonly<Record<string, unknown>>, offers: Offers, locale: string): string | undefined {
  const wrong = Object.entries(offers).filter(([name, { choices, isThere = false }]) => {
    const value = given[name];
    return value !== undefined && !(choices?.some((choice) => choice === value) ?? isThere);
  });
  return wrong.length === 0 ? undefined : wrong.map(([, { wrong: sentence }]) => sentence(locale)).join(' ');
}

/** Says of each option that is wrong what it takes. */
export const refuseOptions = (error: z.ZodError, words: CommandWords['options']): Reply => ({
  type: 'refused',
  text: wrongOptions(error, words),
});

/** What there is here is told rather than what there is anywhere. */
function wrongOptions(error: z.ZodError, words: CommandWords['options'], offers: Offers = {}, locale = 'en'): string {
  const wrong = new Set(error.issues.map((issue) => String(issue.path[0])));
  return [...wrong].map((option) => offers[option]?.wrong(locale) ?? words[option]?.wrong ?? option).join(' ');
}

/** An option, as zod describes it in JSON Schema. */
const fieldSchema = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  unit: z.string().optional(),
  isOnce: z.boolean().optional(),
  isSeldom: z.boolean().optional(),
  isOffered: z.boolean().optional(),
});

/** The options of a schema, told by zod's own description of it. Throws where an option is none that people can be asked for. */
function infoOf(command: string, options: z.ZodObject, offers: Offers): OptionInfo[] {
  const { properties = {}, required = [] } = z.toJSONSchema(options, { unrepresentable: 'any', io: 'input' });
  return Object.entries(properties).flatMap(([name, property]): OptionInfo[] => {
    const { data: field } = fieldSchema.safeParse(property);
    const type = field && typeOf(field);
    if (!type)
      throw new TypeError(
        `Option "${name}" of the command "${command}": declare it as pictureOption(), z.string(), z.int(), z.boolean(), z.enum() or, for several values of one type, z.literal([…]).`,
      );
    const offered = offers[name];
    if (type === 'point' || (field.isOffered && !isThere(offered))) return [];
    const info: OptionInfo = {
      name,
      type: field.isOffered && offered?.choices ? 'choice' : type,
      required: required.includes(name),
      min: field.minimum ?? field.minLength,
      max: field.maximum ?? field.maxLength,
      choices: offered?.choices ?? field.enum,
      nameOf: offered?.nameOf,
      unit: field.unit,
      isOnce: field.isOnce,
      isSeldom: field.isSeldom,
      isUnheeded: offered?.isThere === false ? true : undefined,
    };
    return [info];
  });
}

const isPoint = (option: z.core.$ZodType | undefined): boolean =>
  option !== undefined && z.globalRegistry.get(option)?.type === 'point';

const isThere = (offered: OfferedValues | undefined): boolean =>
  offered?.choices ? offered.choices.length > 1 : offered?.isThere === true;

/** Undefined for what no platform could ask for: a union, a list, a fraction, a value without a choice. */
function typeOf({
  type,
  enum: choices,
  const: only,
}: z.infer<typeof fieldSchema>): OptionInfo['type'] | 'point' | undefined {
  if (only !== undefined) return undefined;
  if (type === 'picture' || type === 'clip' || type === 'person' || type === 'integer' || type === 'point') return type;
  if (type === 'boolean') return 'flag';
  if (type === 'number') return choices && 'integer';
  return type === 'string' ? (choices ? 'choice' : 'text') : undefined;
}
