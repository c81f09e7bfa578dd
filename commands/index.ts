import { againAction } from './again.ts';
import { animateCommand } from './animate.ts';
import { leaveAction, retryAction } from './answer.ts';
import { cancelAction, cancelCommand } from './cancel.ts';
import { cropAction } from './crop.ts';
import { deleteAction } from './delete.ts';
import { detailsAction } from './details.ts';
import { editAction, shortenAction } from './edit.ts';
import { helpCommand } from './help.ts';
import { pictureAction } from './picture.ts';
import type { Action, Command } from './table.ts';

/** The commands, in the order in which they are told. */
export const commands: readonly Command[] = [animateCommand, cancelCommand, helpCommand];

/** The actions under a card or a clip, in the order of their buttons. */
export const actions: readonly Action[] = [
  cancelAction,
  againAction,
  cropAction,
  shortenAction,
  editAction,
  pictureAction,
  deleteAction,
  detailsAction,
  retryAction,
  leaveAction,
];
