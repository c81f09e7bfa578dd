import type { TaskMessages } from '../en/index.ts';
import { about, countedCredits, instant } from './say.ts';

export const task: TaskMessages = {
  options: ({ duration, motion, seed, sound }, { isFirstSeed = false } = {}) => [
    sound === 'on' ? `${duration} s avec le son` : `${duration} s`,
    `mouvement ${motion}`,
    `${isFirstSeed ? 'graines à partir de' : 'graine'} ${seed}`,
  ],
  endsOn: (notes) =>
    notes.length === 0 ? 'finit sur une deuxième image' : `finit sur une deuxième image (${notes.join(', ')})`,
  clip: (scene) => scene,
  goesOn: {
    inAll: (seconds) => `${seconds} s au total`,
    isAlone: 'la nouvelle partie seule : impossible de la joindre à la première',
  },
  wordless: 'bouge toute seule',
  doubt:
    'Le service n’a pas dit s’il a pris ta demande. Réessayer peut coûter un deuxième crédit ; laisser ne coûte rien de plus.',
  clipAtLink: (link) => `Ton clip est prêt, mais cette discussion ne l’accepte pas. Regarde-le ici : ${link}`,
  didNotWork: 'Ça n’a pas marché.',
  details(d) {
    const { seed, duration, motion, fit, model, sound } = d.options;
    const more = [model, sound === 'on' && 'son'].filter(Boolean).map((one) => ` · ${one}`);
    const cost = d.credits === 0 ? 'rien' : `${d.isSure ? '' : 'au plus '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      `Graine ${seed} · ${duration} s · mouvement ${motion} · ${fit}${more.join('')}`,
      `Coût : ${cost}`,
      `Demandé le ${instant(askedAt)}, terminé après ${about(endedAt - askedAt)}`,
      `ID : ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Par ${o.author}` : `${o.scene}\n— par ${o.author}`),
  reported: ({ isShown }) =>
    `Quelqu’un a signalé ce clip. S’il n’a rien à faire ici, appuie sur « Supprimer » pour le retirer${isShown ? '' : ' partout où il a été montré'}.`,
};
