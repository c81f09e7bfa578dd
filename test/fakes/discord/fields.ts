import { ApplicationCommandOptionType as O, ComponentType as T } from 'discord.js';
import type { Command, Option } from './commands.ts';
import { type AnyComponent, isComponent } from './components.ts';
import type { Modal } from './modals.ts';

/** A file that a person picks. */
export interface Picked {
  bytes: Buffer;
  name: string;
  content_type?: string;
  /** Read from the bytes where not given. */
  width?: number;
  height?: number;
  /** Marked as a spoiler. */
  spoiler?: boolean;
  /** By a client that knows of no types of files. */
  forced?: boolean;
}
export type OptionValue = string | number | boolean | Picked;

export const isPicked = (value: unknown): value is Picked =>
  typeof value === 'object' && value !== null && 'bytes' in value;

/** Whether the client lets a file of its type be picked. */
const isOfType = ({ name, content_type: type = 'image/png', forced }: Picked, types: unknown): boolean =>
  forced || !Array.isArray(types) || types.some((it) => type.startsWith(`${it}/`) || name.toLowerCase().endsWith(it));

type Leaf = Omit<Option, 'options'>;
export interface Filled {
  name: string;
  type: number;
  value?: unknown;
  options?: Filled[];
}

/** Fills a command's options as the client does: throws where a person could not send it like this. `upload` gives a file's id. */
export function fillOptions(
  command: Command,
  path: string[],
  values: Record<string, OptionValue>,
  upload: (file: Picked) => string,
): Filled[] {
  const [step, ...rest] = path;
  const level = command.options;
  const subs = level.filter(({ type }) => type === O.Subcommand || type === O.SubcommandGroup);
  if (subs.length === 0) {
    if (step !== undefined) throw new Error(`/${command.name} has no subcommand ${step}`);
    return fill(command.name, level, values, upload);
  }
  const chosen = subs.find(({ name }) => name === step);
  if (!chosen) throw new Error(`/${command.name} wants one of ${subs.map(({ name }) => name).join(', ')}`);
  if (chosen.type === O.Subcommand)
    return [{ name: chosen.name, type: chosen.type, options: fill(chosen.name, chosen.options ?? [], values, upload) }];
  const inner = chosen.options?.find(({ name }) => name === rest[0]);
  if (!inner) throw new Error(`/${command.name} ${chosen.name} has no subcommand ${rest[0]}`);
  const deepest = fill(inner.name, inner.options ?? [], values, upload);
  return [
    { name: chosen.name, type: chosen.type, options: [{ name: inner.name, type: inner.type, options: deepest }] },
  ];
}

function fill(where: string, options: Leaf[], values: Record<string, OptionValue>, upload: (file: Picked) => string) {
  const stranger = Object.keys(values).find((name) => !options.some((it) => it.name === name));
  if (stranger !== undefined) throw new Error(`/${where} has no option ${stranger}`);
  return options.flatMap((option): Filled[] => {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required) throw new Error(`/${where} needs ${option.name}`);
      return [];
    }
    checkValue(where, option, value);
    return [{ name: option.name, type: option.type, value: isPicked(value) ? upload(value) : value }];
  });
}

function checkValue(where: string, option: Leaf, value: OptionValue): void {
  const {
    name,
    type,
    choices,
    min_length = 0,
    max_length = 6000,
    min_value = -Infinity,
    max_value = Infinity,
  } = option;
  const wrong = (why: string) => new Error(`/${where} ${name}: the client lets nobody send this, ${why}`);
  const isText = typeof value === 'string';
  if (isPicked(value) && !isOfType(value, option.file_types)) throw wrong('its type of file');
  const fits =
    type === O.Attachment
      ? isPicked(value)
      : type === O.Boolean
        ? typeof value === 'boolean'
        : type === O.Integer
          ? Number.isInteger(value)
          : type === O.Number
            ? typeof value === 'number'
            : isText;
  if (!fits) throw wrong('it is of another type');
  if (choices && choices.length > 0 && !choices.some((it) => it.value === value)) throw wrong('it is no choice');
  if (type === O.String && isText && (value.length < min_length || value.length > max_length))
    throw wrong('its length');
  if (typeof value === 'number' && (value < min_value || value > max_value)) throw wrong('its size');
}

/** What goes into a modal's fields, by their custom ids: text, choices, or files. */
export type ModalValues = Record<string, string | string[] | Picked[]>;

/** Fills a modal as the client does: throws where it would not let a person submit. */
export function fillModal(modal: Modal, values: ModalValues, upload: (file: Picked) => string): AnyComponent[] {
  const fields = modal.components.flatMap((top) => [top.component, top.components].flat().filter(isComponent));
  const stranger = Object.keys(values).find((id) => !fields.some(({ custom_id }) => custom_id === id));
  if (stranger !== undefined) throw new Error(`the modal ${modal.custom_id} has no field ${stranger}`);

  const filled = (field: AnyComponent): AnyComponent => {
    const id = String(field.custom_id);
    const given = values[id];
    const { type } = field;
    if (type === T.TextInput) return { type, id: field.id, custom_id: id, value: text(field, given) };
    const known = Array.isArray(field.options) ? field.options : [];
    const usual = known.flatMap((it) => (it.default === true ? [String(it.value)] : []));
    const wanted = Array.isArray(given) ? given : given === undefined ? usual : [given];
    if (wanted.some((it) => isPicked(it) && !isOfType(it, field.file_types)))
      throw new Error(`${id}: the client lets nobody pick this file`);
    const chosen = wanted.map((it) => (isPicked(it) ? upload(it) : it));
    const least = field.required === false ? 0 : Number(field.min_values ?? 1);
    if (chosen.length < least || chosen.length > Number(field.max_values ?? 1))
      throw new Error(`${id}: the client does not submit ${chosen.length} values`);
    if (type === T.StringSelect && chosen.some((it) => !known.some(({ value }) => value === it)))
      throw new Error(`${id}: is no choice`);
    return { type, id: field.id, custom_id: id, values: chosen };
  };

  return modal.components.map((top, at) => {
    const base = { type: top.type, id: at + 1 };
    if (top.type === T.Label && isComponent(top.component)) return { ...base, component: filled(top.component) };
    if (Array.isArray(top.components)) return { ...base, components: top.components.filter(isComponent).map(filled) };
    return base;
  });
}

function text({ custom_id, required, min_length, max_length, value }: AnyComponent, given: unknown): string {
  const written = given ?? value ?? '';
  if (typeof written !== 'string') throw new Error(`${custom_id} is a text field`);
  if (required !== false && written === '') throw new Error(`${custom_id} is required`);
  if (written.length > Number(max_length ?? 4000)) throw new Error(`${custom_id} is too long`);
  if (written !== '' && written.length < Number(min_length ?? 0)) throw new Error(`${custom_id} is too short`);
  return written;
}
