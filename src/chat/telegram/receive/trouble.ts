import { telegramAtStart as words } from '../../../messages/operators.ts';
import type { Log } from '../../../util/log.ts';
import { PlatformRefused } from '../../platform.ts';
import type { TelegramFailure } from '../api/errors.ts';
import type { TelegramConfig } from '../settings.ts';

/** A bot's token may be taken again, as where a Bot API server starts anew: it is asked so often, where others go on meanwhile. */
const REFUSED_MS = 60_000;

const isRefused = (found: TelegramFailure | 'record' | undefined): boolean =>
  typeof found === 'object' && found.type === 'token';

/** Why people cannot reach a bot just now. */
export type Trouble = ReturnType<typeof createTrouble>;

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
      const before = trouble;
      if (found === undefined) trouble = undefined;
      else if (found === 'record') trouble = words.trouble.record;
      else if (found.type === 'token') onRefused();
      else if (found.type === 'conflict') trouble = words.trouble.conflict;
      else trouble = found.type === 'refused' ? refused : words.trouble.unreached;
      if (isRefused(found) || (trouble === before && !wasRefused)) return;
      wasRefused = false;
      const why = typeof found === 'object' ? { reason: found.reason } : {};
      if (trouble === undefined) log.info('Telegram is connected');
      else log.error(why, trouble);
    },
  };
}
