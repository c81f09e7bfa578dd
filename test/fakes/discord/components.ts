import { ButtonStyle, ComponentType as T } from 'discord.js';
import { z } from 'zod';
import { invalid, parse } from './refusal.ts';

/** A component as a bot sends it, checked; nested ones in the fields of their kind. */
export type AnyComponent = Record<string, unknown> & { type: number };

const id = z.int().min(0).optional();
const customId = z.string().min(1).max(100);
const media = z.object({
  url: z
    .string()
    .max(2048)
    .regex(/^(https?|attachment):\/\/.+/, 'Not a well formed URL.'),
});
const emoji = z.object({ id: z.string().nullish(), name: z.string().nullish(), animated: z.boolean().optional() });

const button = z
  .object({
    type: z.literal(T.Button),
    id,
    style: z.int().min(1).max(6),
    label: z.string().max(80).optional(),
    emoji: emoji.optional(),
    custom_id: customId.optional(),
    url: z.string().max(512).optional(),
    sku_id: z.string().optional(),
    disabled: z.boolean().optional(),
  })
  .superRefine(({ style, label, emoji, custom_id, url }, { addIssue }) => {
    const say = (field: string, message: string) => addIssue({ code: 'custom', path: [field], message });
    if (style === ButtonStyle.Link && url === undefined) say('url', 'A link button must have a url');
    if (style === ButtonStyle.Link && custom_id !== undefined) say('custom_id', 'A link button has no custom id');
    if (style < ButtonStyle.Link && custom_id === undefined) say('custom_id', 'A custom id is required');
    if (style < ButtonStyle.Link && url !== undefined) say('url', 'A custom id and url cannot both be specified');
    if (style !== ButtonStyle.Premium && !label && !emoji) say('label', 'A button must have a label or an emoji');
  });

const selectBase = {
  id,
  custom_id: customId,
  placeholder: z.string().max(150).optional(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
  disabled: z.boolean().optional(),
  required: z.boolean().optional(),
};
/** Of messages and forms. */
export const stringSelect = z.object({
  ...selectBase,
  type: z.literal(T.StringSelect),
  options: z
    .array(
      z.object({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().max(100).nullish(),
        emoji: emoji.optional(),
        default: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(25)
    .refine((all) => new Set(all.map(({ value }) => value)).size === all.length, 'The option values must be unique'),
});
/** Of people, roles and channels. */
export const autoSelect = z.object({
  ...selectBase,
  type: z.union([
    z.literal(T.UserSelect),
    z.literal(T.RoleSelect),
    z.literal(T.MentionableSelect),
    z.literal(T.ChannelSelect),
  ]),
  channel_types: z.array(z.int()).optional(),
  default_values: z
    .array(z.object({ id: z.string().regex(/^\d+$/), type: z.enum(['user', 'role', 'channel']) }))
    .max(25)
    .optional(),
});

/** Kinds of what stands in a select already, where that is not of every kind. */
const DEFAULTS: Record<number, string> = {
  [T.UserSelect]: 'user',
  [T.RoleSelect]: 'role',
  [T.ChannelSelect]: 'channel',
};

const row = z
  .object({ type: z.literal(T.ActionRow), id, components: z.array(z.union([button, stringSelect, autoSelect])).min(1) })
  .refine(
    ({ components }) =>
      components.every(({ type }) => type === T.Button) ? components.length <= 5 : components.length === 1,
    { path: ['components'], message: 'A row holds up to five buttons or one select' },
  );
const text = z.object({ type: z.literal(T.TextDisplay), id, content: z.string().min(1).max(4000) });
const thumbnail = z.object({
  type: z.literal(T.Thumbnail),
  id,
  media,
  description: z.string().max(1024).nullish(),
  spoiler: z.boolean().optional(),
});
const section = z.object({
  type: z.literal(T.Section),
  id,
  components: z.array(text).min(1).max(3),
  accessory: z.discriminatedUnion('type', [thumbnail, button]),
});
const gallery = z.object({
  type: z.literal(T.MediaGallery),
  id,
  items: z
    .array(z.object({ media, description: z.string().max(1024).nullish(), spoiler: z.boolean().optional() }))
    .min(1)
    .max(10),
});
const file = z.object({
  type: z.literal(T.File),
  id,
  spoiler: z.boolean().optional(),
  file: z.object({ url: z.string().regex(/^attachment:\/\/.+/, 'Only attachment:// is supported') }),
});
const separator = z.object({
  type: z.literal(T.Separator),
  id,
  divider: z.boolean().optional(),
  spacing: z.union([z.literal(1), z.literal(2)]).optional(),
});
const container = z.object({
  type: z.literal(T.Container),
  id,
  spoiler: z.boolean().optional(),
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  components: z.array(z.discriminatedUnion('type', [row, text, section, gallery, file, separator])).min(1),
});

const classic = z.array(row).max(5);
const v2 = z.array(z.discriminatedUnion('type', [row, text, section, gallery, file, separator, container])).min(1);

/** The components of a message, or 50035. `files`: names that `attachment://` may point at. */
export function readComponents(given: unknown, { isV2, files }: { isV2: boolean; files: string[] }): AnyComponent[] {
  const components: AnyComponent[] = parse(isV2 ? v2 : classic, given, ['components']);
  const all = everyComponent(components);
  if (all.length > 40) throw invalid('components', 'Must be 40 or fewer in total.', 'BASE_TYPE_BAD_LENGTH');
  if (textOf(components).length > 4000) throw invalid('components', 'Text must be 4000 or fewer in total.');
  const ids = all.flatMap(({ custom_id }) => (typeof custom_id === 'string' ? [custom_id] : []));
  if (new Set(ids).size < ids.length)
    throw invalid('components', 'Component custom id cannot be duplicated', 'COMPONENT_CUSTOM_ID_DUPLICATED');
  for (const { type, default_values: chosen, max_values: most } of all) {
    if (!Array.isArray(chosen)) continue;
    if (chosen.length > Number(most ?? 1)) throw invalid('components', 'More defaults than may be chosen');
    if (chosen.some((it: { type?: unknown }) => it.type !== DEFAULTS[type]))
      throw invalid('components', 'A default of another kind than its select');
  }
  for (const url of all.flatMap(mediaUrls)) {
    const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
    if (name !== undefined && !files.includes(name))
      throw invalid(
        'components',
        `The referenced attachment "${url}" was not found`,
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      );
  }
  return components;
}

/** The component and all within it, from the top. */
export const everyComponent = (components: readonly AnyComponent[]): AnyComponent[] =>
  components.flatMap((one) => [one, ...everyComponent(childrenOf(one))]);

const childrenOf = (one: AnyComponent): AnyComponent[] =>
  [one.components, one.accessory, one.component].flat().filter(isComponent);

export const isComponent = (value: unknown): value is AnyComponent =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'number';

/** What a person reads in text displays. */
export const textOf = (components: readonly AnyComponent[]): string =>
  everyComponent(components)
    .flatMap(({ type, content }) => (type === T.TextDisplay && typeof content === 'string' ? [content] : []))
    .join('\n');

const mediaHolder = z.object({ url: z.string() });
function mediaUrls({ media, file, items }: AnyComponent): string[] {
  const holders = [media, file, ...(Array.isArray(items) ? items.map((item: { media?: unknown }) => item.media) : [])];
  return holders.flatMap((holder) => mediaHolder.safeParse(holder).data?.url ?? []);
}

/** Addresses that components show. */
export const linkedMedia = (components: readonly AnyComponent[]): string[] =>
  everyComponent(components)
    .flatMap(mediaUrls)
    .filter((url) => url.startsWith('http'));

/** The names of the attachments that components show. */
export const shownFiles = (components: readonly AnyComponent[]): string[] =>
  everyComponent(components)
    .flatMap(mediaUrls)
    .flatMap((url) => /^attachment:\/\/(.+)$/.exec(url)?.[1] ?? []);

/** As Discord gives them back: each with an id, media resolved to addresses. */
export function wireComponents(
  components: readonly AnyComponent[],
  resolve: (name: string) => Record<string, unknown> | undefined,
): AnyComponent[] {
  let next = 0;
  const media = (holder: unknown): unknown => {
    const url = mediaHolder.safeParse(holder).data?.url;
    if (url === undefined) return holder;
    const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
    return name === undefined ? { url, proxy_url: url } : (resolve(name) ?? { url });
  };
  const wire = (one: AnyComponent): AnyComponent => {
    const { components: inner, accessory, component, media: shown, file, items, ...rest } = one;
    next += 1;
    return {
      ...rest,
      id: typeof rest.id === 'number' && rest.id > 0 ? rest.id : next,
      ...(Array.isArray(inner) ? { components: inner.filter(isComponent).map(wire) } : {}),
      ...(isComponent(accessory) ? { accessory: wire(accessory) } : {}),
      ...(isComponent(component) ? { component: wire(component) } : {}),
      ...(shown === undefined ? {} : { media: media(shown) }),
      ...(file === undefined ? {} : { file: media(file) }),
      ...(Array.isArray(items)
        ? { items: items.map((item: { media?: unknown }) => ({ ...item, media: media(item.media) })) }
        : {}),
    };
  };
  return components.map(wire);
}
