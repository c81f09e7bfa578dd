import { z } from 'zod';
import type { RemotePicture } from '../src/media/pictures/declared.ts';
import type { Reply } from './reply.ts';
import type { Command, CommandDeps, CommandWords, OptionInfo, RequestOrigin } from './table.ts';

/** An option that a person gives a picture with: its schema's `meta` says so. */
export const pictureOption = () =>
  z.custom<RemotePicture | Uint8Array>((given) => given !== undefined).meta({ type: 'picture' });

/** A command, which a person can say: one file, and one line in `commands/index.ts`. It knows no platform. */
export function defineCommand<Shape extends z.ZodRawShape>(definition: {
  name: string;
  words(locale: string): CommandWords;
  options: z.ZodObject<Shape>;
  run(origin: RequestOrigin, options: z.infer<z.ZodObject<Shape>>, deps: CommandDeps): Promise<Reply>;
}): Command {
  const { name, words, options, run } = definition;
  return {
    name,
    words,
    options: infoOf(options),
    async execute(origin, given, deps) {
      const parsed = options.safeParse(given);
      if (parsed.success) return run(origin, parsed.data, deps);
      return refuseOptions(parsed.error, words(origin.locale).options);
    },
  };
}

/** Says of each option that is wrong what it takes. */
export function refuseOptions(error: z.ZodError, words: CommandWords['options']): Reply {
  const wrong = new Set(error.issues.map((issue) => String(issue.path[0])));
  return { type: 'refused', text: [...wrong].map((option) => words[option]?.wrong ?? option).join(' ') };
}

const fieldSchema = z.object({
  type: z.string().optional(),
  const: z.union([z.string(), z.number()]).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  unit: z.string().optional(),
});

/** The options of a schema, told by zod's own description of it. */
function infoOf(options: z.ZodObject): OptionInfo[] {
  const { properties = {}, required = [] } = z.toJSONSchema(options, { unrepresentable: 'any', io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const field = fieldSchema.parse(property);
    const type =
      field.type === 'picture'
        ? 'picture'
        : field.type === 'integer' || field.type === 'number'
          ? 'integer'
          : field.enum
            ? 'choice'
            : 'text';
    return {
      name,
      type,
      required: required.includes(name),
      min: field.minimum ?? field.minLength,
      max: field.maximum ?? field.maxLength,
      choices: field.enum,
      unit: field.unit,
    };
  });
}
