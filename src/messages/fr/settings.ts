import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';
import { counted, number } from './say.ts';

export const settings: Messages['settings'] = {
  title: {
    server: 'Réglages de ce serveur',
    chat: 'Réglages de cette discussion',
    own: 'Tes réglages ici',
  },
  rows: {
    isOn: { label: 'Faire des clips ici' },
    language: { label: 'Langue', hint: 'De tout ce que je dis ici', unset: 'la sienne' },
    shape: {
      label: commands.animate.options.shape.label,
      hint: commands.animate.options.shape.description,
      values: commands.animate.options.shape.choices,
    },
    fit: {
      label: commands.animate.options.fit.label,
      hint: commands.animate.options.fit.description,
      values: commands.animate.options.fit.choices,
    },
    duration: { label: 'Durée', values: commands.animate.options.duration.choices },
    isCovered: { label: 'Masquer tous les clips', hint: 'On voit les images et les clips en appuyant dessus' },
    reply: {
      label: 'Où arrivent les clips',
      values: { thread: 'dans un fil sur leur carte', reply: 'en réponse à leur carte' },
    },
    perPerson: {
      label: 'Clips par jour et par personne',
      hint: 'Dans chaque discussion ou salon ; ceux qui ne coûtent rien ne comptent pas',
      unset: 'sans limite',
    },
    perChat: {
      label: 'Clips par jour en tout',
      hint: 'Dans chaque discussion ou salon ; ceux qui ne coûtent rien ne comptent pas',
      unset: 'sans limite',
    },
    roles: {
      label: 'Qui peut demander des clips',
      hint: 'Les personnes qui ont un de ces rôles',
      unset: 'tout le monde',
    },
    channels: {
      label: 'Où demander des clips',
      hint: 'Les fils comptent comme leur salon',
      unset: 'partout',
    },
    toGallery: {
      label: 'Dans la galerie de ce bot',
      hint: 'On y montre les clips d’ici qui ont reçu beaucoup d’étoiles',
    },
    gallery: {
      label: 'Galerie de ce serveur',
      hint: 'On montre aussi dans ce salon les clips d’ici qui ont reçu beaucoup d’étoiles',
      unset: 'aucune',
    },
    starsNeeded: { label: 'Étoiles pour entrer dans la galerie' },
  },
  switches: { on: 'oui', off: 'non' },
  several: {
    roles: (n) => counted(n, { one: 'rôle', other: 'rôles' }),
    channels: (n) => counted(n, { one: 'endroit', other: 'endroits' }),
  },
  asUsual: (value) => (value === undefined ? 'par défaut' : `par défaut (${value})`),
  line: (label, shown) => `${label} : ${shown}`,
  now: (shown) => `Actuellement : ${shown}`,
  chosen: (label) => `✓ ${label}`,
  range: (min, max) => `De ${number(min)} à ${number(max)} ; vide : par défaut`,
  choose: 'Que veux-tu changer ?',
  change: 'Changer',
  back: 'Retour',
  alsoHere: 'Aussi dans ce sujet',
  onlyHere: 'Seulement dans ce sujet',
  notHereAnyMore: 'Plus dans ce sujet',
  lately: 'Derniers changements',
  changed: ({ who, what, to, ago }) => `${who} : ${what}, ${to} (${ago})`,

  notYours: 'Seuls les admins de cette discussion peuvent faire ça.',
  unknown: 'Ce réglage n’existe plus. Tape /settings pour voir ceux qui restent.',
  wrong: (label) => `« ${label} » n’accepte pas cette valeur. Choisis-en une autre.`,
  switchedOff: 'Les admins de cette discussion ont désactivé les clips ici.',
  notHere: 'On ne peut pas demander de clips ici. Les admins de cette discussion peuvent te dire où.',
  noRole: 'Ici, les clips sont réservés à certains rôles. Les admins de ce serveur peuvent te dire lesquels.',
};
