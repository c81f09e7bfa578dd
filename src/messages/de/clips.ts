import type { Messages } from '../en/index.ts';
import { ago } from './say.ts';

export const clips: Messages['clips'] = {
  title: 'Clips von hier',
  mine: 'Deine Clips',
  none: 'Keine Clips gefunden.',
  asYourself: 'Schreib als du selbst, nicht als Kanal oder Gruppe, dann siehst du alle deine Clips.',
  over: 'Diese Liste ist zu alt. Ruf sie neu auf.',
  notYours: 'Diese Liste gehört jemand anderem. Mit /clips bekommst du deine.',
  notFound: 'So einen Clip gibt es weder unter deinen noch unter denen von hier.',
  by: (name) => `von ${name}`,
  ago: (ms) => (ms < 60_000 ? 'gerade eben' : ago(ms)),
  pageBefore: 'Vorige Seite',
  nextPage: 'Nächste Seite',
};
