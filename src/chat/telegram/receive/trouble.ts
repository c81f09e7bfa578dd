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
  let wasRefused = false;

  /** Of several bots one that is refused ends no other, and those who look whether the program is ready look for theirs. */
  function onRefused(): void {
    const why = words.badToken(config);
    if (config.isAlone) {
      fail(new PlatformRefused(why));
      return;
    }
    trouble = undefined;
    if (!wasRefused) log.error(why);
    wasRefused = true;
  }

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
      if (typeof found === 'object' && found.type === 'token') {
        onRefused();
        return;
      }
      const before = trouble;
      trouble = wordsFor(found, refused);
      if (trouble === before && !wasRefused) return;
      wasRefused = false;
      const why = typeof found === 'object' ? { reason: found.reason } : {};
      if (trouble === undefined) log.info('Telegram is connected');
      else log.error(why, trouble);
    },
  };
}

function wordsFor(found: TelegramFailure | 'record' | undefined, refused: string): string | undefined {
  if (found === undefined) return undefined;
  if (found === 'record') return words.trouble.record;
  if (found.type === 'conflict') return words.trouble.conflict;
  return found.type === 'refused' ? refused : words.trouble.unreached;
}
