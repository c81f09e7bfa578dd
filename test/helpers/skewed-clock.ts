// Loaded before the program (`--import`): a machine whose clock is CLOCK_SKEW_MS off, or is set to be by SIGUSR2.
const skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
let isOff = process.env.CLOCK_SKEW_AT !== 'signal';
process.on('SIGUSR2', () => {
  isOff = true;
});
const RealDate = Date;
const now = () => RealDate.now() + (isOff ? skewMs : 0);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  get: (target, name, self) => (name === 'now' ? now : Reflect.get(target, name, self)),
});
