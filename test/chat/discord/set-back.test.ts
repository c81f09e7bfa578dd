import { afterEach, expect, test, vi } from 'vitest';
import { createApi } from '../../../src/chat/discord/api/rest.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { startDiscord } from '../../fakes/discord/discord.ts';

afterEach(() => void vi.restoreAllMocks());

test('a rate limit that was told before the machine’s clock was set back holds nothing up until it is there again', async () => {
  const discord = await startDiscord();
  const api = createApi({ apiUrl: discord.api, token: discord.token, clock: systemClock });
  try {
    const channel = discord.channel(discord.guild());
    const post = (content: string) =>
      api.call({ method: 'POST', path: `/channels/${channel.id}/messages`, body: { content } });
    let answer = await post('0');
    for (let n = 1; answer.outcome === 'done' && n < 50; n++) answer = await post(String(n));
    expect(answer).toMatchObject({ outcome: 'retry', reason: 'rate limit' });
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    const afterwards = await post('once more');
    // Discord itself may say no, and then says for how long.
    if (afterwards.outcome === 'retry') expect(afterwards.retryAfterMs).toBeLessThan(10_000);
    else expect(afterwards.outcome).toBe('done');
  } finally {
    await api.close();
    await discord.close();
  }
});
