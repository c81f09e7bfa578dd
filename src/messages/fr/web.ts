import type { Messages } from '../en/index.ts';
import { about } from './say.ts';

export const web: Messages['web'] = {
  off: (why) =>
    `Le chat web est désactivé (${why}) et il n’y a pas de mot de passe. Définis WEB_PASSWORD (8 caractères ou plus) pour l’activer.`,
  elsewhere:
    'Ce processus traite les demandes et n’a pas de chat web : c’est un gateway qui l’a (ROLE=gateway ou all).',
  notThisHost:
    'Le bot ne répond pas à cette adresse. Ouvre-le là où il a dit qu’il écoute, ou mets cette adresse dans PUBLIC_URL.',
  proxied:
    'Ceci est passé par un proxy. Mets dans PUBLIC_URL l’adresse que les gens utilisent, et définis WEB_PASSWORD.',
  foreign:
    'Ceci vient d’un autre site, donc rien n’a été fait. Ouvre le bot lui-même ; derrière un proxy, PUBLIC_URL doit être son adresse.',
  noOrigin: 'Dis avec un en-tête Origin d’où ceci vient : l’adresse de ce bot.',
  locked: 'Connecte-toi d’abord.',
  password: 'Mot de passe',
  wrongPassword: 'Ce n’est pas le mot de passe.',
  tooManyTries: (waitMs) => `Trop de mots de passe erronés. Réessaie dans ${about(waitMs)}.`,
  badKey: 'La demande a besoin d’une clé de 8 à 64 lettres, chiffres ou « - ».',
  badLastAt: 'lastAt dit à quel octet des données commence la dernière image : un nombre entier.',
  badBody: 'Le contenu de cette demande est incompréhensible.',
  badType: 'Envoie l’image elle-même, en application/octet-stream.',
  cutOff: 'L’image n’est pas arrivée entière. Renvoie-la.',
  stalled: 'L’image a cessé d’arriver. Renvoie-la.',
  tooSlow: 'L’image arrive trop lentement. Renvoie-la avec une meilleure connexion, ou envoies-en une plus petite.',
  busy: 'Trop de choses arrivent à la fois. Réessaie dans un instant.',
  tooFast: (waitMs) => `Ça fait beaucoup de clips à la fois. Réessaie dans ${about(waitMs)}.`,
  tooManyWindows: 'Le bot est ouvert dans trop de fenêtres. Fermes-en et recharge la page.',
  notFound: 'Il n’y a rien ici.',
  noOtherPlace: 'Il n’y a pas d’autre endroit ici. Partage le fichier ou le lien.',
  making: (file) => `Préparation du ${file}`,
  makingLoop: 'Préparation de la boucle',
  recordDown:
    'Le bot ne peut pas utiliser sa base de données pour le moment. Rien de ce qu’il a promis n’est perdu ; réessaie plus tard.',
  broken: 'Quelque chose a raté ici, pas dans ta demande. Réessaie ; le journal du bot en dit plus.',
};
