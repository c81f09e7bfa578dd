import type { Card } from '../chat.ts';
import { bar } from '../kit/text.ts';

const BAR_CELLS = 24;

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
      if (out.isTTY) {
        tellFacts(card);
        const line = `[${bar(card.progress ?? 0, BAR_CELLS, ['█', '░'])}] ${card.status}`;
        out.write(`\r\u001b[K${line.slice(0, (out.columns ?? 80) - 1)}`);
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
