import type { Messages } from '../en/index.ts';
import { counted, plural } from './say.ts';

type Counts = Parameters<Messages['takes']['ended']>[0];

const CAME = { one: 'готов', few: 'готовы', many: 'готовы', other: 'готовы' };
const CANCELLED = { one: 'отменён', few: 'отменены', many: 'отменены', other: 'отменены' };

/** "2 из 3 готовы, 1 не получился"; `''` where none has ended. */
function told({ came, failed, cancelled }: Counts, of: number): string {
  const parts = [
    { count: came, says: plural(came, CAME) },
    { count: failed, says: failed === 1 ? 'не получился' : 'не получились' },
    { count: cancelled, says: plural(cancelled, CANCELLED) },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, says }, n) => `${count}${n === 0 ? ` из ${of}` : ''} ${says}`).join(', ');
}

export const takes: Messages['takes'] = {
  one: ({ number, of }) => `вариант ${number} из ${of}`,
  all: (of) => counted(of, { one: 'вариант', few: 'варианта', many: 'вариантов', other: 'варианта' }),
  underWay: (counts, of, status) => {
    const ended = told(counts, of);
    return ended === '' ? status : `${ended}. ${status}`;
  },
  ended: (counts, why) => {
    const { came, failed, cancelled } = counts;
    const of = came + failed + cancelled;
    if (failed + cancelled === 0) return came === 1 ? 'Готово' : `Все ${of} готовы`;
    return [told(counts, of), why].filter((part) => part !== '').join('. ');
  },
  onlyOne: 'Здесь получится один клип. Чтобы сделать несколько вариантов, отправь картинку ещё раз и попроси их там.',
  notAll: 'Не все варианты получились.',
};
