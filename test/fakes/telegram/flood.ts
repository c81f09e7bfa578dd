import type { Chat } from './chats.ts';
import type { MovableClock } from './clock.ts';
import { tooMany } from './refusal.ts';

/** At most so many sends and edits together in any such window. */
export interface Window {
  count: number;
  perMs: number;
}

export interface FloodLimits {
  group: Window;
  /** One a second, with short bursts: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
  private: Window;
  overall: Window;
}

export const USUAL_LIMITS: FloodLimits = {
  group: { count: 20, perMs: 60_000 },
  private: { count: 10, perMs: 10_000 },
  overall: { count: 30, perMs: 1_000 },
};

export interface Violation {
  chat: number | undefined;
  method: string;
  at: number;
  retryAfter: number;
  /** Sent although a 429 had said to wait longer. */
  whileBlocked: boolean;
}

/** Bytes of memory are cheap, endless lists are not. */
const MAX_VIOLATIONS = 10_000;

export function createFlood(clock: MovableClock, limits: FloodLimits | 'off') {
  const sent = new Map<string, number[]>();
  const blockedUntil = new Map<string, number>();
  const violations: Violation[] = [];

  /** When the window has room again, 0 for now. */
  function roomAt(key: string, { count, perMs }: Window, now: number): number {
    const recent = (sent.get(key) ?? []).filter((at) => at > now - perMs);
    sent.set(key, recent);
    const oldest = recent[recent.length - count];
    return oldest === undefined ? 0 : oldest + perMs;
  }

  return {
    violations,
    /** Counts one send or edit. Throws the 429, which costs nothing and prolongs nothing. */
    charge(method: string, chat: Chat | undefined) {
      if (limits === 'off') return;
      const now = clock.now();
      const windows: [string, Window][] = [['overall', limits.overall]];
      if (chat) windows.push([`chat ${chat.info.id}`, chat.info.type === 'private' ? limits.private : limits.group]);
      const until = Math.max(
        ...windows.map(([key, window]) => Math.max(blockedUntil.get(key) ?? 0, roomAt(key, window, now))),
      );
      if (until <= now) {
        for (const [key] of windows) sent.get(key)?.push(now);
        return;
      }
      const retryAfter = Math.ceil((until - now) / 1000);
      const whileBlocked = windows.some(([key]) => (blockedUntil.get(key) ?? 0) > now);
      if (violations.length < MAX_VIOLATIONS)
        violations.push({ chat: chat?.info.id, method, at: now, retryAfter, whileBlocked });
      for (const [key, window] of windows)
        if (!whileBlocked && roomAt(key, window, now) > now) blockedUntil.set(key, now + retryAfter * 1000);
      throw tooMany(retryAfter);
    },
  };
}
export type Flood = ReturnType<typeof createFlood>;
