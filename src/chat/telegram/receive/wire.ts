import type { Command } from '../../../../commands/table.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Telegram } from '../api/api.ts';
import type { PlainSend } from '../send/plain-send.ts';
import type { Poster } from '../send/post.ts';
import { createAnswerQuestion } from './answer-question.ts';
import { type Answers, createAnswers } from './answers.ts';
import { createHelp } from './help.ts';
import { createInline } from './inline.ts';
import { createPictureRequests } from './picture-requests.ts';
import { createPresses } from './presses.ts';
import { createQuestions } from './questions.ts';
import { createReplies } from './replies.ts';
import { createRequests } from './requests.ts';
import { createSendAgain } from './send-again.ts';
import { createTakeUpdate, type TakeUpdate } from './updates.ts';

/** All that takes updates, however they are received. */
export function wireUpdates(
  deps: ListenDeps & {
    /** Those of the table that Telegram carries. */
    spoken: readonly Command[];
    tg: Telegram;
    poster: Poster;
    plainSend: PlainSend;
    clock: Clock;
    log: Log;
    ending: AbortSignal;
  },
): { takeUpdate: TakeUpdate; answers: Answers } {
  const { store, tg, clock, ending } = deps;
  const questions = createQuestions(store);
  const answers = createAnswers({ ...deps, stopping: ending });
  const replies = createReplies({ ...deps, answers, questions });
  const shared = { ...deps, questions, answers, replies };
  const answerQuestion = createAnswerQuestion(shared);
  const pictures = createPictureRequests({ ...shared, answerQuestion, sleep: (ms) => clock.sleep(ms, ending) });
  const takeUpdate = createTakeUpdate({
    ...deps,
    answers,
    requests: createRequests({ ...shared, answerQuestion, pictures, help: createHelp({ ...deps, answers }) }),
    takePress: createPresses({ ...shared, sendAgain: createSendAgain({ ...deps, answers, stopping: ending }) }),
    answerInline: createInline({ tg, store }),
  });
  return { takeUpdate, answers };
}
