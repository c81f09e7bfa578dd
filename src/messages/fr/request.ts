import type { Messages } from '../en/index.ts';
import { about, countedClips, countedCredits, number } from './say.ts';

const STARTS_ANEW = 'Ça repart à minuit UTC.';
const SHARED = 'Les personnes qui écrivent ici en tant que canal ou groupe';
const inProgress = (n: number): string => `${countedClips(n)} en cours`;

export const request: Messages['request'] = {
  noScene: 'Dis ce qui doit se passer dans l’image, par exemple « les vagues arrivent, zoom lent ».',
  sceneTooLong: (found, most) =>
    `La scène est trop longue (${number(found)} caractères). Écris-en ${number(most)} au plus.`,
  notAllowed: ({ here, person, manages }) => {
    const named = 'Ce bot ne fait de clips que pour les endroits et les personnes de sa liste.';
    if (manages)
      return `${named} Si c’est toi qui t’en occupes : ajoute ALLOW=${here} pour tout le monde ici, ou ALLOW=${person} pour toi seulement.`;
    const ids = here === person ? person : `${person} (toi), ou ${here} (tout le monde ici)`;
    return `${named} Envoie ceci, pour ALLOW, à ses responsables : ${ids}.`;
  },
  budgetSpent: `Le budget du jour pour les clips est épuisé. ${STARTS_ANEW} Celui-ci n’a rien coûté.`,
  personHadEnough: (clips, { isShared }) =>
    isShared
      ? `${SHARED} ont déjà demandé en tout ${countedClips(clips)} aujourd’hui. Écris depuis ton propre compte, ou après minuit UTC.`
      : `Tu as déjà demandé ${countedClips(clips)} aujourd’hui. ${STARTS_ANEW}`,
  tooManyWaiting: (clips, { isShared }) =>
    isShared
      ? `${SHARED} ont déjà en tout ${inProgress(clips)}. Écris depuis ton propre compte, ou redemande quand un clip sera prêt.`
      : `Tu as déjà ${inProgress(clips)}. Redemande quand un clip sera prêt.`,
  chatHadEnough: (clips) => `Cette discussion a déjà eu ${countedClips(clips)} aujourd’hui. ${STARTS_ANEW}`,
  chatTooManyWaiting: (clips) => `Cette discussion a déjà ${inProgress(clips)}. Redemande quand un clip sera prêt.`,
  left: {
    person: (clips, { isShared }) => {
      if (clips > 0)
        return isShared
          ? `${SHARED} ont encore droit à ${countedClips(clips)} aujourd’hui.`
          : `Tu as encore droit à ${countedClips(clips)} aujourd’hui.`;
      return isShared
        ? 'C’était le dernier clip du jour pour les personnes qui écrivent ici en tant que canal ou groupe.'
        : 'C’était ton dernier clip du jour.';
    },
    chat: (clips) =>
      clips === 0
        ? 'C’était le dernier clip du jour dans cette discussion.'
        : `Cette discussion a encore droit à ${countedClips(clips)} aujourd’hui.`,
    budget: (clips) =>
      clips === 0
        ? 'C’était le dernier clip du budget du jour.'
        : `Le budget du jour suffit encore pour ${countedClips(clips)}.`,
  },
  fewerTakes: (most, takes) =>
    `Tu as demandé ${takes} versions, et il n’y a de place que pour ${countedClips(most)} pour l’instant. Demande moins de versions, ou réessaie plus tard.`,
  takesCost: (takes, cost) => `${takes} versions coûtent ${countedCredits(cost)}.`,
  tooManyShown: (clips) => `Tu viens de montrer ${countedClips(clips)}. Montre le suivant dans une minute.`,
  tooManyConverted: 'Plusieurs clips sont en train d’être convertis. Redemande dans une minute.',
  tooManyReported: 'Tu viens de signaler plusieurs clips. Signale le suivant dans une minute.',
  diskNearlyFull:
    'Le disque de la machine qui fait tourner ce bot est presque plein, donc je ne prends pas de demande. Réessaie plus tard, ou préviens ses responsables.',
  moderationPause: (ms) =>
    `Le service a refusé plusieurs de tes demandes d’après ses règles sur les contenus. Tu pourras redemander dans ${about(ms)}.`,
  tooLate: 'Trop tard : ce clip est déjà prêt.',
  notYours: 'Seule la personne qui a demandé ce clip peut faire ça.',
  gone: 'Ce clip n’est plus ici.',
  bothGone: 'L’autre image de cette demande n’est pas ici non plus. Redemande le clip, avec les deux images.',
  cancelHeard: 'D’accord. Son propre message dira comment ça finit.',
  nothingToCancel: 'Aucun de tes clips n’est en cours ici.',
  cancelWhich: 'Plusieurs de tes clips sont en cours ici. Lequel arrêter ?',
  coveredScene: (ageMs) => `une scène masquée, demandée il y a ${about(ageMs)}`,
  noDoubt: 'C’est déjà réglé.',
  retrying: 'Nouvel essai.',
  leaving: 'On laisse comme ça.',
  underWay: 'Ce clip est encore en cours : annule-le d’abord, ou attends qu’il soit prêt.',
  takesBegin: 'Les autres versions commencent à peine, avec l’image de celle-ci. Réessaie dans un instant.',
  deleted: 'Supprimé.',
  deletedBefore: 'Ce que tu as demandé ici a été supprimé. Pour un autre clip, renvoie l’image.',
};
