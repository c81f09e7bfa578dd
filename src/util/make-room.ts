/** Makes room in a map for one more than it has, of `max` at most: the key that came first goes. Tells which, if any. */
export function makeRoom<Key>(map: Map<Key, unknown>, max: number): Key | undefined {
  const oldest = map.keys().next();
  if (map.size < max || oldest.done) return undefined;
  map.delete(oldest.value);
  return oldest.value;
}
