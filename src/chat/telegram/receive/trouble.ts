import { telegramAtStart as words } from '../../../messages/operators.ts';
import type { Log } from '../../../util/log.ts';
import { PlatformRefused } from '../../platform.ts';
import type { TelegramFailure } from '../api/errors.ts';
import type { TelegramConfig } from '../settings.ts';

/** A bot's token may be taken again, as where a Bot API server starts anew: it is asked so often, where others go on meanwhile. */
const REFUSED_MS = 60_000;

/** Keeps why people cannot reach a bot just now. */
export function createTrouble({
  config,
  fail,
  log,
}: {
  config: Pick<TelegramConfig, 'bot' | 'setting' | 'isAlone'>;
  /** Ends the program. */
  fail: (error: PlatformRefused) => void;
  log: Pick<Log, 'info' | 'error'>;
}) {
  let trouble: string | undefined = words.trouble.starting;

  return {
    now: () => trouble,
    /** After so many milliseconds a token that was refused is tried again; undefined: never. */
    refusedMs: config.isAlone ? undefined : REFUSED_MS,
    /** Another process receives: that is none. */
    none(): void {
      trouble = undefined;
    },
    /** `refused`: the sentence where Telegram understood and said no. */
    on(found: TelegramFailure | 'record' | undefined, refused = words.trouble.unreached): void {
      const before = trouble;
      trouble = wordsFor(found, refused);
      if (trouble === before) return;
      const why = typeof found === 'object' ? { reason: found.reason } : {};
      if (trouble === undefined) log.info('Telegram is connected');
      else log.error(why, trouble);
    },
  };

  function wordsFor(found: TelegramFailure | 'record' | undefined, refused: string): string | undefined {
    if (found === undefined) return undefined;
    if (found === 'record') return words.trouble.record;
    if (found.type === 'conflict') return words.trouble.conflict;
    if (found.type !== 'token') return found.type === 'refused' ? refused : words.trouble.unreached;
    const why = words.badToken(config);
    // Of several bots one that is refused ends no other.
    if (!config.isAlone) return why;
    fail(new PlatformRefused(why));
    return trouble;
  }
}
