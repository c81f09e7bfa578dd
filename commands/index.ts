import { adminCommand } from './admin/admin.ts';
import { againAction } from './again.ts';
import { animateCommand } from './animate.ts';
import { leaveAction, retryAction } from './answer.ts';
import { cancelAction, cancelAllAction, cancelCommand } from './cancel.ts';
import { clipsCommand } from './clips.ts';
import { continueAction } from './continue.ts';
import { cropAction } from './crop.ts';
import { deleteAction } from './delete.ts';
import { detailsAction } from './details.ts';
import { editAction, shortenAction } from './edit.ts';
import { exportCommand } from './export.ts';
import { forgetCommand } from './forget.ts';
import { helpCommand } from './help.ts';
import { linkAction, unlinkAction } from './link.ts';
import { loopAction } from './loop.ts';
import { moreAction } from './more.ts';
import { pictureAction } from './picture.ts';
import { privacyCommand } from './privacy.ts';
import { quotaCommand } from './quota.ts';
import { reportAction } from './report.ts';
import { gifAction, webpAction } from './save-as.ts';
import { settingsCommand } from './settings/settings.ts';
import { copyAction, shareAction } from './share.ts';
import { showAction, showCommand } from './show.ts';
import { starAction } from './star.ts';
import { storyAction } from './story.ts';
import type { Action, Command } from './table.ts';

/** The commands, in the order in which they are told. */
export const commands: readonly Command[] = [
  animateCommand,
  clipsCommand,
  showCommand,
  cancelCommand,
  quotaCommand,
  settingsCommand,
  privacyCommand,
  exportCommand,
  forgetCommand,
  helpCommand,
  adminCommand,
];

/** The actions under a card or a clip, in the order of their buttons. */
export const actions: readonly Action[] = [
  cancelAction,
  cancelAllAction,
  againAction,
  cropAction,
  shortenAction,
  editAction,
  pictureAction,
  starAction,
  shareAction,
  linkAction,
  copyAction,
  continueAction,
  loopAction,
  gifAction,
  webpAction,
  storyAction,
  deleteAction,
  detailsAction,
  reportAction,
  moreAction,
  showAction,
  unlinkAction,
  retryAction,
  leaveAction,
];
