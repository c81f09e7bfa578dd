import type { Command } from '../../../../commands/table.ts';
import type { ListenDeps } from '../../platform.ts';
import type { SendDeps } from '../send/post.ts';
import type { Answers } from './answers.ts';
import type { ClipAt } from './clip-at.ts';
import type { Keyboards } from './keyboards.ts';
import type { Membership } from './membership.ts';
import type { OnceSaid } from './once-said.ts';
import type { Questions } from './questions.ts';

/** The parts that act on updates, however they are received. */
export interface ReceiveDeps extends ListenDeps, SendDeps {
  /** Commands of the table that Telegram carries. */
  spoken: readonly Command[];
  questions: Questions;
  onceSaid: OnceSaid;
  /** Whether a picture with words waits for **Go**, too. */
  confirms: boolean;
  /** Whether no other bot of the program can hear the same. */
  isAlone: boolean;
  answers: Answers;
  keyboards: Keyboards;
  clipAt: ClipAt;
  membership: Membership;
  /** Ends what is under way at a stop. */
  ending: AbortSignal;
}
