import { type AivideoapiFakeOptions, startAivideoapi } from './aivideoapi.ts';
import { type RunwayFakeOptions, startRunway } from './runway.ts';
import { startTelegram, type TelegramOptions } from './telegram/telegram.ts';

// A stand-in as a process of its own: `main.ts aivideoapi '{"keys":{"some-key":5}}'`. Prints its address, ends with
// whoever started it. `GET /__report` tells what it saw; `POST /__control` takes a `Command`.
const [, , kind, json = '{}'] = process.argv;
const options: AivideoapiFakeOptions & RunwayFakeOptions & TelegramOptions = JSON.parse(json);
const kinds: Record<string, () => Promise<{ url: string }>> = {
  aivideoapi: () => startAivideoapi(options),
  runway: () => startRunway(options),
  telegram: () => startTelegram(options),
};
const start = kinds[kind ?? ''];
if (!start) throw new Error(`no stand-in of the kind "${kind}"`);
const standIn = await start();
console.log(standIn.url);
process.stdin.resume().on('end', () => process.exit(0));
