// Loaded before the program (`--import`): a machine whose clock is CLOCK_SKEW_MS off.
const skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + skewMs] : args, self),
  get: (target, name, self) => (name === 'now' ? () => RealDate.now() + skewMs : Reflect.get(target, name, self)),
});
