import type { Messages } from '../en/index.ts';

export const links: Messages['links'] = {
  title: (scene) => `${scene} · Kinora`,
  by: 'par',
  clip: (scene) => `Clip : ${scene}`,
  covered: 'Ce clip est masqué. Appuie ici pour le voir.',
  save: 'Enregistrer le clip',
  made: 'Une image fixe, animée avec Kinora',
  gone: 'Ce clip n’est plus ici',
  goneWhy: 'Son lien a été retiré, le clip a été supprimé, ou l’adresse n’est pas complète.',
  tooMany: (waitMs) =>
    `Trop de clips sont regardés depuis ton réseau en ce moment. Réessaie dans ${Math.ceil(waitMs / 1000)} s.`,
  badOEmbed: 'Demande avec url=<l’adresse d’un clip>, et format=json.',
  notNow: 'Ça n’a pas marché cette fois',
};
