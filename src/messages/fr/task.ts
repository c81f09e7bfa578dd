import type { TaskMessages } from '../en/index.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant } from './say.ts';

const options = optionsIn({
  length: (s) => `${s} s`,
  withSound: (s) => `${s} s avec le son`,
  motion: (n) => `mouvement ${n}`,
  seed: (n) => `graine ${n}`,
  seedsFrom: (n) => `graines à partir de ${n}`,
  shapes: commands.animate.options.shape.choices,
});

export const task: TaskMessages = {
  options,
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
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? 'rien' : `${d.isSure ? '' : 'au plus '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `Coût : ${cost}`,
      `Demandé le ${instant(askedAt)}, terminé après ${about(endedAt - askedAt)}`,
      `ID : ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Par ${o.author}` : `${o.scene}\n— par ${o.author}`),
  reported: ({ isShown }) =>
    `Quelqu’un a signalé ce clip. S’il n’a rien à faire ici, appuie sur « Supprimer » pour le retirer${isShown ? '' : ' partout où il a été montré'}.`,
};
