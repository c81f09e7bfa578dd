import { failuresIn } from '../failures.ts';
import { picture } from './pictures.ts';

/** Why there is no clip: what happened, whether it cost anything, what to do. `cost`: the credits of one attempt. */
export const failure = failuresIn({
  gap: ' ',
  picture,
  unspent: 'Nothing was spent.',
  perhapsSpent: 'It may have cost a credit.',
  saying: (reason) => `It says: “${reason}”.`,
  moderation: {
    scene: { what: 'The service refused the words of the scene under its content rules.', todo: 'Try other words.' },
    picture: { what: 'The service refused the picture under its content rules.', todo: 'Try another picture.' },
    either: {
      what: 'The service refused the scene or the picture under its content rules.',
      todo: 'Try other words or another picture.',
    },
  },
  'bad-input': {
    scene: { what: 'The service did not accept the words of the scene.', todo: 'Try a shorter scene.' },
    picture: { what: 'The service did not accept the picture.', todo: 'Try another picture.' },
    either: { what: 'The service did not accept this request.', todo: 'Try a shorter scene or another picture.' },
  },
  'try-another': { what: 'The service could make nothing of this.', todo: 'Try another picture or another scene.' },
  noMoreClips: { what: 'The service takes no more clips from this bot at present.', todo: 'Ask whoever runs the bot.' },
  transient: { what: 'The service could not be reached for too long.', todo: 'Try again later.' },
  'picture-gone': {
    what: 'The picture could not be fetched: it was deleted, or its link ran out.',
    todo: 'Send it again.',
  },
  'last-gone': {
    what: 'The last picture could not be fetched: it was deleted, or its link ran out.',
    todo: 'Send it again.',
  },
  'job-gone': { what: 'The service lost this request half-way.', todo: 'Try again.' },
  deadline: { what: 'The service did not finish in time.', todo: 'Try again later.' },
  'clip-unfetched': {
    what: 'The service made your clip, but it could not be fetched from there.',
    todo: 'Whoever runs the bot finds the cause in its log.',
  },
  undeliverable: 'Your clip is ready, but it could not be sent here.',
  doubt: 'Nobody knows whether the service took this request, so it was left alone.',
  'disk-full': {
    what: 'The disk of the machine that runs this bot is full.',
    todo: 'Try again when there is room on it.',
  },
  broken: { what: 'Something is wrong with this bot, not with your request.', todo: 'Its log says more.' },
});
