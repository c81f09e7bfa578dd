import type { PictureProblem } from '../../task/picture.ts';

/** A picture that cannot be used, whoever looks at it; `problem` says why, `messages` has the words for the person. */
export class BadPicture extends Error {
  readonly problem: PictureProblem;

  constructor(problem: PictureProblem, cause?: unknown) {
    super(`picture cannot be used: ${problem.type}`, { cause });
    this.name = 'BadPicture';
    this.problem = problem;
  }
}
