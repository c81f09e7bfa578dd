import { randomBytes } from 'node:crypto';
import type { Update, UserFromGetMe } from 'grammy/types';
import { messagesFor } from '../../../messages/messages.ts';
import { telegramAtStart as words } from '../../../messages/operators.ts';
import { retry } from '../../../util/retry.ts';
import type { Connected, ListenDeps, Listening } from '../../platform.ts';
import type { ApiResult } from '../api/api.ts';
import { privatePlaceOf } from '../places.ts';
import type { SendDeps } from '../send/post.ts';
import type { TelegramConfig } from '../settings.ts';
import { createAnswers } from './answers.ts';
import { createClipAt } from './clip-at.ts';
import { lookAtGroups } from './groups.ts';
import { createKeyboards } from './keyboards.ts';
import { whileAlone } from './lease.ts';
import { createMembership } from './membership.ts';
import { updateDescriptions, updateMenu } from './menu.ts';
import { createOnceSaid } from './once-said.ts';
import { poll } from './polling.ts';
import { createQuestions } from './questions.ts';
import { isSpoken } from './spoken.ts';
import { createTrouble } from './trouble.ts';
import { createTakeUpdate } from './updates.ts';
import { createWebhookRoutes, keepWebhook, setWebhook, webhookUrl } from './webhook.ts';

const BACKOFF = { baseMs: 1_000, maxMs: 60_000 };

/** Listens to people, as one bot: by asking Telegram or, where that is set, by being called. */
export async function listenOnTelegram(
  given: SendDeps & { config: TelegramConfig; publicUrl?: string },
  deps: ListenDeps,
): Promise<Listening> {
  const { config, platform, publicUrl, tg, poster, clock, log } = given;
  const { store, commands, fail } = deps;
  const byWebhook = config.webhook ? publicUrl : undefined;
  const ending = new AbortController();
  const { signal } = ending;
  const hook = { platform, token: config.token };
  const spoken = commands.filter(isSpoken);
  const answers = createAnswers({
    platform,
    poster,
    removals: store.removals,
    now: () => store.now(),
    clock,
    log,
    ending: signal,
  });
  const takeUpdate = createTakeUpdate({
    ...given,
    ...deps,
    privatePlace: async ({ id }) => privatePlaceOf(id, { platform }),
    staysShown: (locale) => messagesFor(locale).telegram.staysShown,
    spoken,
    questions: createQuestions({ platform, store }),
    onceSaid: createOnceSaid({ platform, store }),
    confirms: config.confirms,
    isAlone: config.isAlone,
    answers,
    keyboards: createKeyboards({ poster, answers, clock }),
    clipAt: createClipAt({ platform, store }),
    membership: createMembership({ tg, clock }),
    ending: signal,
  });
  let me: UserFromGetMe | undefined;
  const trouble = createTrouble({ config, fail, log });

  /** Calls until it works; undefined at the end of all. */
  async function retryUntilDone<T>(call: () => Promise<ApiResult<T>>, refused?: string): Promise<T | undefined> {
    const said = await retry(call, {
      clock,
      backoff: BACKOFF,
      signal: ending.signal,
      when(said) {
        if (said.outcome === 'done') return false;
        trouble.on(said.failure, refused);
        return said.failure.type !== 'token' || (trouble.refusedMs !== undefined && { afterMs: trouble.refusedMs });
      },
    });
    return said.outcome === 'done' ? said.result : undefined;
  }

  /** Of several bots it is said which. */
  function nowInTrouble(): string | undefined {
    const now = trouble.now();
    return now === undefined || config.isAlone ? now : `${me ? `@${me.username}` : `Bot ${config.bot}`}: ${now}`;
  }

  const take = (update: Update): Promise<void> => {
    // Nothing is received before it is known who the bot is; where it is called too early Telegram calls again.
    if (!me) return Promise.reject(new Error('not ready yet'));
    return takeUpdate(update, { id: me.id, username: me.username, seesAll: me.can_read_all_group_messages });
  };

  async function receive(): Promise<void> {
    me ??= await retryUntilDone(() => tg.call((api, signal) => api.getMe(signal)));
    if (!me) return;
    const bot = me;
    deps.connected(connectedAs(me));
    void updateMenu({ tg, commands: spoken, owners: deps.owners, log }).then(() => updateDescriptions({ tg, log }));
    const look = (ending: AbortSignal) =>
      lookAtGroups(bot.id, { platform, tg, store, clock, ending }).catch((error: unknown) =>
        log.warn({ err: error }, 'groups that the bot may have left could not be looked for'),
      );
    if (byWebhook !== undefined) {
      const called = { url: webhookUrl({ publicUrl: byWebhook, ...hook }), token: config.token, ending: signal };
      const set = await retryUntilDone(() => setWebhook(tg, called), words.trouble.webhook);
      if (set) trouble.on(undefined);
      await look(signal);
      return keepWebhook(tg, { ...called, clock, log });
    }
    const owner = randomBytes(8).toString('hex');
    // Another process receives while this one does not: that is no trouble.
    trouble.none();
    await whileAlone(
      `telegram-poller:${me.id}`,
      async (lost) => {
        const cleared = await retryUntilDone(() => tg.call((api, signal) => api.deleteWebhook({}, signal)));
        const looking = cleared && look(lost);
        if (cleared)
          await poll({ tg, take, onTrouble: trouble.on, refusedMs: trouble.refusedMs, clock, log, ending: lost });
        else ending.abort();
        await looking;
      },
      { locks: store.locks, owner, clock, log, ending: ending.signal },
    );
  }

  const receiving = receive().catch((error: unknown) => log.error({ err: error }, 'receiving from Telegram failed'));

  return {
    trouble: nowInTrouble,
    routes: byWebhook === undefined ? undefined : createWebhookRoutes({ ...hook, take, clock, log }),
    async stop() {
      ending.abort();
      await receiving;
      await answers.stop();
    },
  };
}

const connectedAs = (me: UserFromGetMe): Connected => ({
  as: words.startup.as(me.username),
  notes: [
    words.startup.address(me.username),
    me.can_read_all_group_messages ? words.startup.privacyOff : words.startup.privacyOn,
    ...(me.supports_inline_queries ? [] : [words.startup.inlineOff]),
  ],
});
