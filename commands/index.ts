import { againAction } from './again.ts';
import { animateCommand } from './animate.ts';
import { leaveAction, retryAction } from './answer.ts';
import { cancelAction, cancelCommand } from './cancel.ts';
import { deleteAction } from './delete.ts';
import { editAction } from './edit.ts';
import { helpCommand } from './help.ts';
import type { Action, Command } from './table.ts';

/** What a person can say, in the order in which it is told. */
export const commands: readonly Command[] = [animateCommand, cancelCommand, helpCommand];

/** What a person can press under a card or a clip, in the order of the buttons. */
export const actions: readonly Action[] = [
  cancelAction,
  againAction,
  editAction,
  deleteAction,
  retryAction,
  leaveAction,
];
