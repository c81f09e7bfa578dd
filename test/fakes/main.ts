import type { AivideoapiFakeOptions } from './aivideoapi.ts';
import type { RunwayFakeOptions } from './runway.ts';

// A stand-in as a process of its own: `main.ts aivideoapi '{"keys":{"some-key":5}}'`. Prints its address, ends with
// whoever started it. `GET /__report` tells what it saw; `POST /__control` takes a `Command`, or a `DiscordOrder`.
const [, , kind, json = '{}'] = process.argv;

/** Each loads only what it needs: the providers no Discord library. */
async function start(): Promise<{ url: string }> {
  if (kind === 'discord') {
    const [{ startDiscord }, { createControl }] = [
      await import('./discord/discord.ts'),
      await import('./discord/control.ts'),
    ];
    const discord = await startDiscord(JSON.parse(json));
    discord.controlBy(createControl(discord));
    return discord;
  }
  const options: AivideoapiFakeOptions & RunwayFakeOptions = JSON.parse(json);
  if (kind === 'runway') return (await import('./runway.ts')).startRunway(options);
  return (await import('./aivideoapi.ts')).startAivideoapi(options);
}

console.log((await start()).url);
process.stdin.resume().on('end', () => process.exit(0));
