import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { type Api, readResult } from '../api/rest.ts';

/** What Discord says of its gateway to this bot: https://docs.discord.com/developers/events/gateway#get-gateway-bot */
export const gatewaySchema = z.object({
  url: z.string(),
  /** As many are recommended. */
  shards: z.int().positive(),
  session_start_limit: z.object({
    total: z.int(),
    /** Times that a bot may identify until the reset. */
    remaining: z.int(),
    /** In milliseconds. */
    reset_after: z.number(),
    /** A shard's id modulo this is its bucket, and in each bucket one may identify in five seconds. */
    max_concurrency: z.int().positive(),
  }),
});
export type GatewayInformation = z.infer<typeof gatewaySchema>;

const FRESH_MS = 5_000;

/** Asks again where what was told is older than some seconds; keeps what was told before where Discord does not answer. */
export function createGatewayInformation(first: GatewayInformation, { api, clock }: { api: Api; clock: Clock }) {
  let told = { information: first, at: clock.now() };
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const read = readResult(gatewaySchema, await api.call({ method: 'GET', path: Routes.gatewayBot() }));
    if (read.outcome === 'read') told = { information: read.value, at: clock.now() };
  }

  return async (): Promise<Readonly<typeof told>> => {
    if (clock.now() - told.at > FRESH_MS) {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      await asking;
    }
    return told;
  };
}
