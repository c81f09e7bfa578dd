import type { Messages } from '../en/index.ts';
import { ago } from './say.ts';

export const clips: Messages['clips'] = {
  title: 'Les clips d’ici',
  mine: 'Tes clips',
  none: 'Aucun clip trouvé.',
  asYourself: 'Écris depuis ton propre compte, pas en tant que canal ou groupe, pour voir tous tes clips.',
  over: 'Cette liste est trop vieille. Redemande-la.',
  notYours: 'Cette liste est à quelqu’un d’autre. Demande la tienne avec /clips.',
  notFound: 'Aucun clip de ce genre parmi les tiens ni parmi ceux d’ici.',
  by: (name) => `par ${name}`,
  ago: (ms) => (ms < 60_000 ? 'à l’instant' : ago(ms)),
  pageBefore: 'Page précédente',
  nextPage: 'Page suivante',
};
