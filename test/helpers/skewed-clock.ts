// Loaded before the program (`--import`): a machine whose clock is off by what CLOCK_FILE says, in milliseconds, from the
// start where the file is there; SIGUSR2 has it read anew.
import { existsSync, readFileSync } from 'node:fs';

const file = process.env.CLOCK_FILE ?? '';
const read = () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
let skewMs = read();
process.on('SIGUSR2', () => {
  skewMs = read();
});
const RealDate = Date;
const now = () => RealDate.now() + skewMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  get: (target, name, self) => (name === 'now' ? now : Reflect.get(target, name, self)),
});
