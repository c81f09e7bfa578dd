import type { RequestDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import { originOf } from './origin.ts';

/** Of what is most likely a request: has what admission asks asked along. */
export function askAhead(heard: Heard, { admission, provider }: RequestDeps): void {
  const origin = originOf(heard);
  if (origin) admission.ahead({ ...origin, provider: provider.name }, origin.requestKey);
}
