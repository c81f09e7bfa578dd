import type { Card } from '../chat.ts';
import { bar, shortened } from '../kit/text.ts';

/** Fewer are no bar: then the words have the line to themselves. */
const BAR_CELLS = { fewest: 6, most: 24 };
const DEFAULT_COLUMNS = 80;

export interface Progress {
  show(card: Card): void;
  /** Leaves the bar's line, so that something else can be printed. */
  end(): void;
}

/** A bar where a terminal looks, plain lines elsewhere: one for each state and each quarter of the way. */
export function createProgress(out: { isTTY: boolean; columns?: number; write(text: string): unknown }): Progress {
  let last = { step: '', status: '' };
  let drawn = false;
  let toldFacts = false;

  /** Once its picture was looked at: its seed, and what else one may want to know later. */
  function tellFacts({ state, facts }: Card): void {
    if (toldFacts || state === 'received' || facts.length === 0) return;
    toldFacts = true;
    out.write(`${out.isTTY ? '\r\u001b[K' : ''}${facts.join(' · ')}\n`);
  }

  return {
    show(card) {
      // The program's last sentence says so, and why.
      if (card.state === 'failed' || card.state === 'cancelled') return;
      if (out.isTTY) {
        tellFacts(card);
        out.write(`\r\u001b[K${lineOf(card, (out.columns ?? DEFAULT_COLUMNS) - 1)}`);
        drawn = true;
        return;
      }
      const step = `${card.state} ${Math.floor((card.progress ?? 0) * 4)}`;
      if (step !== last.step && card.status !== last.status) out.write(`${card.status}\n`);
      last = { step, status: card.status };
      tellFacts(card);
    },
    end() {
      if (drawn) out.write('\r\u001b[K');
      drawn = false;
    },
  };
}

/** The bar and its words, in so many columns: the words first. */
function lineOf({ progress, status }: Card, columns: number): string {
  const cells = Math.min(BAR_CELLS.most, columns - columnsOf(status) - '[] '.length);
  if (cells < BAR_CELLS.fewest)
    return columnsOf(status) > columns ? shortened(status, unitsIn(status, columns)) : status;
  return `[${bar(progress ?? 0, cells, ['█', '░'])}] ${status}`;
}

/** Characters of East Asian scripts that a terminal draws two columns wide (https://www.unicode.org/reports/tr11). */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;

const columnsOf = (text: string): number => [...text].reduce((all, each) => all + (WIDE.test(each) ? 2 : 1), 0);

/** How many code units of a text that is too wide are so many columns, the sign that it was cut among them. */
function unitsIn(text: string, columns: number): number {
  let units = 1;
  for (const each of text) {
    if (columnsOf(text.slice(0, units - 1)) + columnsOf(each) > columns - 1) break;
    units += each.length;
  }
  return units;
}
