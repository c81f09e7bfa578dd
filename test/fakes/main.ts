import type { AivideoapiFakeOptions } from './aivideoapi.ts';
import type { FalFakeOptions } from './fal.ts';
import type { RunwayFakeOptions } from './runway.ts';

// A stand-in as a process of its own: `main.ts aivideoapi '{"keys":{"some-key":5}}'`. Prints its address, ends with
// whoever started it. `GET /__report` tells what it saw; `POST /__control` takes a `Command`, or a `DiscordOrder`.
const [, , kind = '', json = '{}'] = process.argv;

/** Each loads only what it needs: the providers no chat's library. */
const KINDS: Record<string, () => Promise<{ url: string }>> = {
  async aivideoapi() {
    const options: AivideoapiFakeOptions = JSON.parse(json);
    return (await import('./aivideoapi.ts')).startAivideoapi(options);
  },
  async runway() {
    const options: RunwayFakeOptions = JSON.parse(json);
    return (await import('./runway.ts')).startRunway(options);
  },
  async fal() {
    const options: FalFakeOptions = JSON.parse(json);
    return (await import('./fal.ts')).startFal(options);
  },
  async discord() {
    const { startDiscord } = await import('./discord/discord.ts');
    const { createControl } = await import('./discord/control.ts');
    const discord = await startDiscord(JSON.parse(json));
    discord.controlBy(createControl(discord));
    return discord;
  },
  telegram: async () => (await import('./telegram/telegram.ts')).startTelegram(JSON.parse(json)),
};

const start = KINDS[kind];
if (!start) throw new Error(`no stand-in of the kind "${kind}"`);
console.log((await start()).url);
process.stdin.resume().on('end', () => process.exit(0));
