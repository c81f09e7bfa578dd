import { type AivideoapiFakeOptions, startAivideoapi } from './aivideoapi.ts';
import { type RunwayFakeOptions, startRunway } from './runway.ts';

// A stand-in as a process of its own: `main.ts aivideoapi '{"keys":{"some-key":5}}'`. Prints its address, ends with
// whoever started it. `GET /__report` tells what it saw; `POST /__control` takes a `Command`.
const [, , kind, json = '{}'] = process.argv;
const options: AivideoapiFakeOptions & RunwayFakeOptions = JSON.parse(json);
const standIn = await (kind === 'runway' ? startRunway(options) : startAivideoapi(options));
console.log(standIn.url);
process.stdin.resume().on('end', () => process.exit(0));
