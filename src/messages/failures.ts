import type { Failure, RequestPart } from '../task/failure.ts';
import type { PictureProblem } from '../task/picture.ts';

/** What happened, and what to do about it. */
interface Told {
  what: string;
  todo: string;
}
type ByPart = Readonly<Record<RequestPart | 'either', Told>>;

/** What a language says of failures, piece by piece. */
interface FailureWords extends Readonly<Record<FailureInTwo, Told>> {
  /** Between two sentences. */
  gap: string;
  picture: (problem: PictureProblem, which?: 'last') => string;
  unspent: string;
  perhapsSpent: string;
  saying: (reason: string) => string;
  moderation: ByPart;
  'bad-input': ByPart;
  undeliverable: string;
  doubt: string;
}
type FailureInTwo =
  | ('try-another' | 'noMoreClips' | 'transient' | 'picture-gone' | 'last-gone')
  | ('job-gone' | 'deadline' | 'clip-unfetched' | 'disk-full' | 'broken');

/** How a language tells of a failure: which pieces belong to it, and whether it may have cost something, is alike in all. */
export const failuresIn =
  (words: FailureWords) =>
  (f: Failure, cost: number): string =>
    partsOf(f, cost > 0 ? words : { ...words, unspent: '', perhapsSpent: '' })
      .filter((part) => part !== '')
      .join(words.gap);

function partsOf(f: Failure, words: FailureWords): string[] {
  const { unspent, perhapsSpent } = words;
  const saying = (reason: string | undefined): string => (reason === undefined ? '' : words.saying(reason));
  const around = ({ what, todo }: Told, between: string): string[] => [what, between, todo];
  switch (f.type) {
    case 'bad-picture':
      return [words.picture(f.picture, f.which), unspent];
    case 'moderation':
    case 'bad-input':
      return around(words[f.type][f.about ?? 'either'], saying(f.reason));
    case 'try-another':
      return around(words[f.type], saying(f.reason));
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return around(words.noMoreClips, unspent);
    case 'picture-gone':
      return around(words[f.which ? 'last-gone' : f.type], unspent);
    case 'transient':
      return around(words[f.type], unspent);
    case 'job-gone':
    case 'deadline':
    case 'clip-unfetched':
      return around(words[f.type], perhapsSpent);
    case 'undeliverable':
      return [words.undeliverable];
    case 'doubt':
      return [words.doubt, perhapsSpent];
    case 'broken':
      return around(words[f.why ?? 'broken'], unspent);
  }
}
