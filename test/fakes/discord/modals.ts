import { ComponentType as T } from 'discord.js';
import { z } from 'zod';
import { type AnyComponent, autoSelect, everyComponent, stringSelect } from './components.ts';
import { invalid, parse } from './refusal.ts';

const customId = z.string().min(1).max(100);
const id = z.int().min(0).optional();
const input = {
  type: z.literal(T.TextInput),
  id,
  custom_id: customId,
  style: z.union([z.literal(1), z.literal(2)]),
  required: z.boolean().optional(),
  min_length: z.int().min(0).max(4000).optional(),
  max_length: z.int().min(1).max(4000).optional(),
  value: z.string().max(4000).optional(),
  placeholder: z.string().max(100).optional(),
};
const rowInput = z.object({ ...input, label: z.string().min(1).max(45) });
const labelInput = z.object(input);
/** A group of files, or how their names end; https://docs.discord.com/developers/reference#file-type-filtering */
export const fileTypes = z.array(z.union([z.enum(['image', 'video', 'audio']), z.string().regex(/^\.\w+$/)])).max(10);
const upload = z.object({
  type: z.literal(T.FileUpload),
  id,
  custom_id: customId,
  required: z.boolean().optional(),
  min_values: z.int().min(0).max(10).optional(),
  max_values: z.int().min(1).max(10).optional(),
  file_types: fileTypes.optional(),
});
const modal = z.object({
  custom_id: customId,
  title: z.string().min(1).max(45),
  components: z
    .array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal(T.ActionRow), id, components: z.array(rowInput).length(1) }),
        z.object({
          type: z.literal(T.Label),
          id,
          label: z.string().min(1).max(45),
          description: z.string().max(100).nullish(),
          component: z.discriminatedUnion('type', [labelInput, stringSelect, autoSelect, upload]),
        }),
        z.object({ type: z.literal(T.TextDisplay), id, content: z.string().min(1).max(4000) }),
      ]),
    )
    .min(1)
    .max(5),
});

export interface Modal {
  custom_id: string;
  title: string;
  components: AnyComponent[];
}

/** What a modal callback shows, or 50035. */
export function readModal(data: unknown): Modal {
  const shown: Modal = parse(modal, data, ['data']);
  const ids = everyComponent(shown.components).flatMap(({ custom_id }) => (custom_id === undefined ? [] : [custom_id]));
  if (new Set(ids).size < ids.length) throw invalid('data.components', 'Component custom id cannot be duplicated');
  for (const { type, required, disabled, min_values: fewest, max_values: most, options } of everyComponent(
    shown.components,
  )) {
    if (type === T.TextInput) continue;
    if (disabled) throw invalid('data.components', 'Nothing in a form can be disabled');
    if (fewest === 0 && required !== false) throw invalid('data.components', 'What is required needs a value');
    const chosen = Array.isArray(options) ? options.filter((it) => it.default === true).length : 0;
    if (chosen > Number(most ?? 1)) throw invalid('data.components', 'More defaults than may be chosen');
  }
  for (const { type, min_length: least, max_length: most, value } of everyComponent(shown.components)) {
    if (type !== T.TextInput || typeof value !== 'string') continue;
    if (value.length < (Number(least) || 0) || value.length > (Number(most) || 4000))
      throw invalid('data.components', 'The value does not fit its own length limits');
  }
  return shown;
}
