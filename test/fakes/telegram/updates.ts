import { z } from 'zod';
import type { MovableClock } from './clock.ts';
import type { News } from './news.ts';
import { int, json, type Method, method } from './params.ts';
import { Refusal } from './refusal.ts';
import type { Happening, Update } from './shapes.ts';

/** "Incoming updates are stored on the server until the bot receives them [...] not longer than 24 hours." */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** So many are remembered for `told`. */
const MAX_TOLD = 10_000;
/** Left out unless asked for: https://core.telegram.org/bots/api#getupdates */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];

export interface Pending {
  update: Update;
  at: number;
  /** Updates of one queue are sent to a webhook one after the other. */
  queue: number;
  /** Told again although confirmed; leaves as soon as it was handed out. */
  again: boolean;
}

export function createUpdates({ clock, news }: { clock: MovableClock; news: News }) {
  let nextId = 700_000_001;
  let pending: Pending[] = [];
  let allowed: string[] = [];
  let waiting: { wake: () => void; terminate: (by: string) => void } | undefined;
  let webhook: string | undefined;
  const pollers = { calls: 0, conflicts: 0 };
  const told: Update[] = [];
  let onPush = () => {};

  const wanted = (kind: string) => (allowed.length === 0 ? !ON_REQUEST.includes(kind) : allowed.includes(kind));

  function add(update: Update, queue: number, again: boolean) {
    pending.push({ update, queue, again, at: clock.now() });
    news.changed();
    // What happens at once, as an album does, is told at once.
    setImmediate(() => waiting?.wake());
    onPush();
  }

  function confirm(offset: number) {
    const old = clock.now() - KEPT_MS;
    pending = pending.filter(({ at }) => at > old);
    if (offset < 0) pending = pending.slice(offset);
    else pending = pending.filter(({ update, again }) => again || update.update_id >= offset);
  }

  function hand(limit: number): Update[] {
    const some = pending.slice(0, limit);
    pending = pending.filter((item) => !(item.again && some.includes(item)));
    return some.map(({ update }) => update);
  }

  const getUpdates: Method = method(
    z.object({
      offset: int.default(0),
      limit: int.default(100),
      timeout: int.default(0),
      allowed_updates: json(z.array(z.string())).optional(),
    }),
    async ({ offset, limit: asked, timeout, allowed_updates }, { gone }) => {
      pollers.calls++;
      if (webhook !== undefined)
        throw new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      if (waiting) {
        pollers.conflicts++;
        waiting.terminate('other getUpdates request; make sure that only one bot instance is running');
      }
      if (allowed_updates) allowed = allowed_updates;
      confirm(offset);
      news.changed();
      const limit = Math.min(Math.max(asked, 1), 100);
      if (pending.length === 0 && timeout > 0) await next(timeout, gone);
      return gone.aborted ? [] : hand(limit);
    },
  );

  /** Until there is something, the time is over or the client is gone. Throws the 409 of a second poller. */
  function next(seconds: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        cancel();
        gone.removeEventListener('abort', poll.wake);
        if (waiting === poll) waiting = undefined;
      };
      const poll = {
        wake: () => {
          end();
          resolve();
        },
        terminate: (by: string) => {
          end();
          reject(new Refusal(409, `Conflict: terminated by ${by}`));
        },
      };
      const cancel = clock.after(seconds * 1000, poll.wake);
      gone.addEventListener('abort', poll.wake);
      waiting = poll;
      news.changed();
    });
  }

  return {
    methods: { getUpdates },
    onPush(call: () => void) {
      onPush = call;
    },
    pollers,
    pending: () => pending,
    /** Whether a getUpdates call is waiting. */
    polling: () => waiting !== undefined,
    allowed: () => allowed,
    /** Something the bot is told of, unless it asked not to be. */
    push(happening: Happening, queue: number): Update | undefined {
      const [kind = ''] = Object.keys(happening);
      if (!wanted(kind)) return undefined;
      const update = { update_id: nextId++, ...happening };
      told.push(update);
      if (told.length > MAX_TOLD) told.shift();
      add(update, queue, false);
      return update;
    },
    /** Tells an update once more, whatever was confirmed. */
    redeliver(update: Update) {
      add(update, 0, true);
    },
    /** Those told so far, the last of them last. */
    told: (): readonly Update[] => told,
    delivered(item: Pending) {
      pending = pending.filter((other) => other !== item);
      news.changed();
    },
    /** Turns polling off and on. */
    setWebhook(url: string | undefined, options: { allowed?: string[] | undefined; drop?: boolean | undefined }) {
      webhook = url;
      if (options.allowed) allowed = options.allowed;
      if (options.drop) pending = [];
      waiting?.terminate('setWebhook request');
      news.changed();
    },
  };
}
export type Updates = ReturnType<typeof createUpdates>;
