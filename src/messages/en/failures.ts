import type { Failure } from '../../task/failure.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'The service takes no more clips from this bot at present.';
const ASK_OPERATOR = 'Ask whoever runs the bot.';

/** Why there is no clip: what happened, whether it cost anything, what to do. `cost`: the credits of one attempt. */
export function failure(f: Failure, cost: number): string {
  const unspent = cost > 0 ? 'Nothing was spent.' : '';
  const perhapsSpent = cost > 0 ? 'It may have cost a credit.' : '';
  return sentences(partsOf(f, { unspent, perhapsSpent }));
}

const sentences = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function partsOf(f: Failure, { unspent, perhapsSpent }: { unspent: string; perhapsSpent: string }): string[] {
  switch (f.type) {
    case 'bad-picture':
      return [picture(f.picture), unspent];
    case 'moderation':
      return [MODERATION[f.about ?? 'either'].what, saying(f), MODERATION[f.about ?? 'either'].todo];
    case 'bad-input':
      return [BAD_INPUT[f.about ?? 'either'].what, saying(f), BAD_INPUT[f.about ?? 'either'].todo];
    case 'try-another':
      return ['The service could make nothing of this.', saying(f), 'Try another picture or another scene.'];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['The service could not be reached for too long.', unspent, 'Try again later.'];
    case 'undeliverable':
      return ['Your clip is ready, but it could not be sent here.'];
    case 'picture-gone':
      return ['The picture could not be fetched: it was deleted, or its link ran out.', unspent, 'Send it again.'];
    case 'job-gone':
      return ['The service lost this request half-way.', perhapsSpent, 'Try again.'];
    case 'deadline':
      return ['The service did not finish in time.', perhapsSpent, 'Try again later.'];
    case 'clip-unfetched':
      return [
        'The service made your clip, but it could not be fetched from there.',
        perhapsSpent,
        'Whoever runs the bot finds the cause in its log.',
      ];
    case 'doubt':
      return ['Nobody knows whether the service took this request, so it was left alone.', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? ['The disk of the machine that runs this bot is full.', unspent, 'Try again when there is room on it.']
        : ['Something is wrong with this bot, not with your request.', unspent, 'Its log says more.'];
  }
}

const saying = ({ reason }: { reason?: string }): string => (reason === undefined ? '' : `It says: “${reason}”.`);

const MODERATION = {
  scene: { what: 'The service refused the words of the scene under its content rules.', todo: 'Try other words.' },
  picture: { what: 'The service refused the picture under its content rules.', todo: 'Try another picture.' },
  either: {
    what: 'The service refused the scene or the picture under its content rules.',
    todo: 'Try other words or another picture.',
  },
};

const BAD_INPUT = {
  scene: { what: 'The service did not accept the words of the scene.', todo: 'Try a shorter scene.' },
  picture: { what: 'The service did not accept the picture.', todo: 'Try another picture.' },
  either: { what: 'The service did not accept this request.', todo: 'Try a shorter scene or another picture.' },
};
