import type { OptionInfo } from '../../../../commands/table.ts';
import { plainly, typedUnits } from '../../../messages/typed.ts';

/** A number with its unit at the end of a text, marks around it included. */
const AT_END =
  /(?<before>^|\s+[-–—]+\s*|[\s,;.\n–—([|\uffff]+)(?<number>\d{1,3})(?<gap>\s?)(?<unit>\p{L}+)(?<after>[\s,;.!)\]\uffff]*)$/u;
/** No more is looked at: nobody sets a length off by more marks. */
const MAX_END = 60;
/** What sets it off: a mark, an option, or that nothing else is said. */
const SET_OFF = /^$|[-,;.\n–—([|\uffff]/;

/**
 * A length at the end of a text: ", 10s". Set off, it is an option and no word of the scene. As the last words of a
 * sentence ("waves roll in 10s") it is both: nobody's words are taken from them, and no length is passed over. What is no
 * length there is told ("waves 15s"), but for tens ("music of the 80s", "a woman in her 30s") and spelt out ones ("for 3
 * seconds"); a full stop after it makes it a word.
 */
export function lengthAtEnd(
  text: string,
  { type, choices, unit }: OptionInfo,
): { value: unknown; text: string } | undefined {
  if (type !== 'integer' || !choices || unit === undefined) return undefined;
  const head = text.slice(0, -MAX_END);
  const end = text.slice(-MAX_END);
  const found = AT_END.exec(end);
  const { before = '', number = '', gap, unit: typed = '', after = '' } = found?.groups ?? {};
  if (!found || (before === '' && head !== '') || !typedUnits(unit).includes(plainly(typed))) return undefined;
  const value = Number(number);
  const isSetOff = SET_OFF.test(before) || after.includes('\uffff');
  if (isSetOff) {
    const [left, right] = [before.replace(/[-–—([|]/g, ''), after.replace(/[)\]]/g, '')];
    return { value, text: `${head}${end.slice(0, found.index)}${left}\uffff${right}` };
  }
  if (after.includes('.')) return undefined;
  const isShort = gap === '' && typed.length <= unit.length;
  const isAge = value % 10 === 0;
  return choices.includes(value) || (isShort && !isAge) ? { value, text } : undefined;
}
