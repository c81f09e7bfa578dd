import type { Messages } from '../en/index.ts';

export const links: Messages['links'] = {
  title: (scene) => `${scene} · Kinora`,
  by: 'von',
  clip: (scene) => `Clip: ${scene}`,
  covered: 'Dieser Clip ist verdeckt. Tipp hier, um ihn zu sehen.',
  save: 'Clip speichern',
  made: 'Ein Standbild, mit Kinora zum Leben erweckt',
  gone: 'Dieser Clip ist nicht mehr hier',
  goneWhy: 'Sein Link wurde zurückgenommen, der Clip gelöscht, oder die Adresse ist nicht vollständig.',
  tooMany: (waitMs) =>
    `Aus deinem Netz werden gerade zu viele Clips angesehen. Versuch es in ${Math.ceil(waitMs / 1000)} s noch einmal.`,
  badOEmbed: 'Frag mit url=<Adresse eines Clips> und nach format=json.',
  notNow: 'Das ging gerade nicht',
};
