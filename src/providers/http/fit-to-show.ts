/** What a service says may be shown to people where it is a plain sentence or two and nothing else fits in it. */
const PLAIN = /^[\p{L}\p{N} .,;:'’"“”()!?%-]{8,200}$/u;
/** An address, a clock's time or a name of a file; a key, an id; markup of a line. */
const SUSPECT = /\p{L}[.:]\p{L}|\S{21}|\p{L}-?\d{3}|\d{5}|--/u;

/** The service's own words about a failure, fit to stand in a sentence of ours: no markup, no address and no key is in them. */
export function fitToShow(said: unknown): string | undefined {
  if (typeof said !== 'string') return undefined;
  const text = said.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return PLAIN.test(text) && !SUSPECT.test(text) ? text : undefined;
}
