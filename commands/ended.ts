import type { Failure } from '../src/task/failure.ts';
import { isOver, type Task } from '../src/task/task.ts';

/** What has to be another so that another try may end better. */
type Remedy = 'again' | 'scene' | 'shorter-scene' | 'picture' | 'crop';

/** What a failure leaves to try: what its sentence names. */
function remediesOf(failure: Failure): readonly Remedy[] {
  switch (failure.type) {
    case 'bad-picture':
      return failure.picture.type === 'wrong-size' ? ['crop', 'picture'] : ['picture'];
    case 'picture-gone':
      return ['picture'];
    case 'moderation':
      // The same words and the same picture would be refused again, and that counts against the operator's account.
      return partsOf(failure, ['scene', 'picture']);
    case 'bad-input':
      return partsOf(failure, ['shorter-scene', 'picture']);
    case 'try-another':
      return ['again', 'scene', 'picture'];
    default:
      return ['again', 'scene'];
  }
}

const partsOf = ({ about }: { about?: 'scene' | 'picture' }, [scene, picture]: [Remedy, Remedy]): Remedy[] =>
  about === undefined ? [scene, picture] : [about === 'scene' ? scene : picture];

/** Whether this may help a task that has ended as it has. Where no picture was ever made to fit there is none to use. */
export function mayHelp(remedy: Remedy, task: Task): boolean {
  if (!isOver(task)) return false;
  if (task.state === 'delivered') return remedy === 'again' || remedy === 'scene';
  const remedies = task.failure ? remediesOf(task.failure) : (['again', 'scene'] as const);
  if (task.fitted || remedy === 'crop') return remedies.some((each) => each === remedy);
  return remedy === 'picture';
}
