/**
 * A name for one request, made here: a doubled click or a repeated upload carries the same one and makes one task.
 * `randomUUID` exists only where the page is secure (HTTPS or localhost), and people do open this one by a plain
 * address in their own network.
 */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
