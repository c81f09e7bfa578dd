import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { Command, OptionInfo, OptionWords } from '../../../../commands/table.ts';
import type { RemotePicture } from '../../../media/pictures/declared.ts';
import { type Messages, messagesFor } from '../../../messages/messages.ts';
import { lastIn, nameOf, PICTURE_FILES } from './commands.ts';
import { declaredFile } from './found-pictures.ts';

/** The options of a command, by their names in the table. */
export type GivenOptions = Readonly<Record<string, RemotePicture | string | number | boolean | undefined>>;

/** As many as a form has room for. */
const MAX_FIELDS = 5;
/** As many values are chosen from; of more, one is typed. */
const MAX_VALUES = 25;
const MAX_TYPED = 12;

export interface FormOptions {
  id: string;
  title: string;
  locale: string;
  /** It asks for the picture, too. */
  withPicture: boolean;
  /** It is about another take of a clip. */
  isAnother?: boolean;
  /** It may be left without words. */
  wordless?: boolean;
  /** Options that are known already stand in it. */
  values?: Readonly<Record<string, unknown>>;
  /** Other labels and hints than the options' own, by name. */
  words?: Readonly<Record<string, Pick<OptionWords, 'label'> & { hint?: string }>>;
}

/** A form that asks for a command's options: what is required first, then what is chosen, what is typed, and what is seldom wanted. */
export function formOf(command: Command, { id, title, ...how }: FormOptions): APIModalInteractionResponseCallbackData {
  const form = messagesFor(how.locale).discord.form;
  const own = command.words(how.locale).options;
  // Another picture of a clip takes the place of one.
  const hasTwo = !how.isAnother && lastIn(command) !== undefined;
  const fields = command.options
    .filter(({ type, isUnheeded }) => type !== 'flag' && !isUnheeded && (how.withPicture || type !== 'picture'))
    .filter(({ type, required }) => type !== 'picture' || required)
    .filter(({ isOnce }) => !(isOnce && how.isAnother))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MAX_FIELDS);
  return {
    custom_id: id,
    title,
    components: fields.map((option) => {
      const isFree = option.type === 'text' && how.wordless;
      const words = own[option.name] ?? { name: option.name, description: option.name, wrong: option.name };
      const { label = words.label ?? words.name, hint = words.description } = how.words?.[option.name] ?? {};
      return {
        type: ComponentType.Label,
        label,
        // A text has its example in the field.
        description: isFree ? form.wordless : option.type === 'text' ? undefined : isOfTwo(option) ? form.two : hint,
        component: fieldOf(isFree ? { ...option, required: false } : option, {
          words,
          form,
          locale: how.locale,
          value: how.values?.[option.name],
          files: isOfTwo(option) ? 2 : 1,
        }),
      };
    }),
  };

  function isOfTwo({ type }: OptionInfo): boolean {
    return type === 'picture' && hasTwo;
  }
}

const rank = (option: OptionInfo): number => (option.required ? 0 : option.isSeldom ? 3 : valuesOf(option) ? 1 : 2);

/** The values of an option that can be chosen from. */
function valuesOf({ type, choices, min, max }: OptionInfo): readonly (string | number)[] | undefined {
  if (choices || type !== 'integer' || min === undefined || max === undefined) return choices;
  return max - min < MAX_VALUES ? Array.from({ length: max - min + 1 }, (_, n) => min + n) : undefined;
}

function fieldOf(
  option: OptionInfo,
  {
    words,
    form,
    locale,
    value,
    files,
  }: { words: OptionWords; form: Messages['discord']['form']; locale: string; value: unknown; files: number },
): APIComponentInLabel {
  const { name: custom_id, type, required, min, max } = option;
  if (type === 'picture')
    return { type: ComponentType.FileUpload, custom_id, required, max_values: files, file_types: [...PICTURE_FILES] };
  const values = valuesOf(option);
  if (values)
    return {
      type: ComponentType.StringSelect,
      custom_id,
      required,
      min_values: required ? 1 : 0,
      placeholder: form.usual,
      options: values.map((one) => ({
        label: option.nameOf?.(one, locale) ?? words.choices?.[one] ?? String(one),
        value: String(one),
        default: one === value,
      })),
    };
  const isText = type === 'text';
  const written = value === undefined ? undefined : String(value);
  return {
    type: ComponentType.TextInput,
    custom_id,
    style: isText ? TextInputStyle.Paragraph : TextInputStyle.Short,
    placeholder: isText ? form.placeholder : undefined,
    min_length: isText && required ? min : undefined,
    max_length: isText ? max : MAX_TYPED,
    required,
    value: isText ? written?.slice(0, max) : written,
  };
}

/** The options that were filled in. All of it may be forged: the command says what it takes. */
export function readFields(interaction: ModalSubmitInteraction, command: Command): GivenOptions {
  const given = command.options.flatMap((option) => {
    const value = readField(interaction, option);
    return value === undefined ? [] : [[option.name, value] as const];
  });
  return { ...Object.fromEntries(given), ...secondFile(interaction, command) };
}

/** Of two files in the field of the picture the second is what the clip ends on. */
function secondFile({ fields }: ModalSubmitInteraction, command: Command): GivenOptions {
  const [name, last] = [nameOf(command, 'picture'), lastIn(command)];
  if (last === undefined || fields.fields.get(name)?.type !== ComponentType.FileUpload) return {};
  const file = fields.getUploadedFiles(name)?.at(1);
  return file ? { [last]: { ref: file.url, declared: declaredFile(file) } } : {};
}

function readField({ fields }: ModalSubmitInteraction, { name, type, choices }: OptionInfo): GivenOptions[string] {
  const field = fields.fields.get(name);
  if (field?.type === ComponentType.FileUpload) {
    const file = type === 'picture' ? fields.getUploadedFiles(name)?.first() : undefined;
    return file && { ref: file.url, declared: declaredFile(file) };
  }
  const isChosen = field?.type === ComponentType.StringSelect;
  const text = isChosen ? field.values[0] : field?.type === ComponentType.TextInput ? field.value : undefined;
  if (text === undefined || type === 'text') return text;
  // A text that is no number is NaN, which no range takes.
  if (type === 'integer' || typeof choices?.[0] === 'number') return text.trim() === '' ? undefined : Number(text);
  return text;
}
