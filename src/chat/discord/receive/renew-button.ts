import { withChanges } from '../../../util/with-changes.ts';
import { type ButtonId, type MessageRef, writeButton } from '../ids.ts';
import type { RequestDeps } from './deps.ts';
import { redraw } from './redraw.ts';

/**
 * Gives a button that was used the next number, so that the next press of it is another request: until then it is the
 * same. A press that is heard late takes no number back.
 */
export async function renewButton(
  pressed: MessageRef,
  button: ButtonId,
  deps: Pick<RequestDeps, 'api' | 'clock' | 'log'>,
): Promise<void> {
  const [used, next] = [writeButton(button), writeButton(withChanges(button, { n: button.n + 1 }))];
  const renew = (shown: { custom_id: string }) =>
    shown.custom_id === used ? withChanges(shown, { custom_id: next }) : shown;
  const reason = await redraw(pressed, renew, deps);
  if (reason !== undefined)
    deps.log.warn({ task: button.taskId, reason }, 'a button could not be renewed: its next press is the same');
}
