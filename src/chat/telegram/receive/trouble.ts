import { telegramAtStart as words } from '../../../messages/operators.ts';
import type { Log } from '../../../util/log.ts';
import { PlatformRefused } from '../../platform.ts';
import type { TelegramFailure } from '../api/errors.ts';
import type { TelegramConfig } from '../settings.ts';

const isRefused = (found: TelegramFailure | 'record' | undefined): boolean =>
  typeof found === 'object' && found.type === 'token';

/** Why people cannot reach a bot just now. */
export type Trouble = ReturnType<typeof createTrouble>;

export function createTrouble({
  config,
  fail,
  end,
  log,
}: {
  config: Pick<TelegramConfig, 'bot' | 'setting' | 'isAlone'>;
  /** Ends the program. */
  fail: (error: PlatformRefused) => void;
  /** Ends receiving for this bot. */
  end: () => void;
  log: Pick<Log, 'info' | 'error'>;
}) {
  let trouble: string | undefined = words.trouble.starting;

  /** Of several bots one that is refused ends no other, and those who look whether the program is ready look for theirs. */
  function onRefused(): void {
    const why = words.badToken(config);
    if (config.isAlone) fail(new PlatformRefused(why));
    else {
      trouble = undefined;
      log.error(why);
      end();
    }
  }

  return {
    now: () => trouble,
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
      if (trouble === before || isRefused(found)) return;
      const why = typeof found === 'object' ? { reason: found.reason } : {};
      if (trouble === undefined) log.info('Telegram is connected');
      else log.error(why, trouble);
    },
  };
}
