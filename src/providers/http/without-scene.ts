/** So many characters of a scene in a row are no chance: they are quoted from it. */
const QUOTED_CHARS = 16;

/**
 * The service's words without the scene: what people wrote, perhaps under a cover, is theirs to show and not the service's
 * to quote. Undefined where words of the scene are left all the same, cut short or written otherwise.
 */
export function withoutScene(said: unknown, scene: string): unknown {
  const wanted = folded(scene);
  if (typeof said !== 'string' || wanted === '') return said;
  const rest = said.replaceAll(scene.trim(), ' ');
  const left = folded(rest);
  const chars = Math.min(QUOTED_CHARS, wanted.length);
  for (let from = 0; from + chars <= wanted.length; from++)
    if (left.includes(wanted.slice(from, from + chars))) return undefined;
  return rest;
}

const folded = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
