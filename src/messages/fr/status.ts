import type { Messages } from '../en/index.ts';
import { stepMinutes } from '../intl.ts';
import { about, number, percent } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  if (minutes === undefined) return 'dans les prochaines heures';
  return minutes === 1 ? 'd’ici une minute' : `d’ici ${minutes} minutes`;
}

export const status: Messages['status'] = {
  received: 'Je regarde ton image',
  queued: (ahead) => {
    if (ahead.more) return `Dans la file, plus de ${number(ahead.count)} avant toi`;
    return ahead.count === 0 ? 'Dans la file, le prochain' : `Dans la file (place ${ahead.count + 1})`;
  },
  keysTrouble: (cost) =>
    `Le service n’accepte pas de clips de ce bot pour le moment. Le tien reprendra tout seul${cost > 0 ? ' ; rien n’a été dépensé' : ''}.`,
  outage: (o) =>
    `${o.isUnreachable ? 'Le service ne répond pas.' : 'Le service est trop occupé pour prendre des clips.'} Je réessaie ${within(o.leftMs)}${o.cost > 0 ? ' ; rien n’a été dépensé' : ''}.`,
  unseen: 'Le service ne répond pas. Ton clip s’y prépare, et arrive dès qu’il répond.',
  stopping: 'J’arrête.',
  stoppingPerhaps: 'J’arrête, s’il n’est pas déjà prêt.',
  submitting: 'Je l’envoie au rendu',
  waiting: 'En attente du rendu',
  rendering: (progress, leftMs) => {
    const shown = progress === undefined ? 'Rendu en cours' : `Rendu en cours, ${percent(progress)}`;
    return leftMs === undefined ? shown : `${shown}, prêt dans ${about(leftMs)}`;
  },
  paused: 'Les responsables de ce bot l’ont mis en pause. Ton clip reprendra tout seul.',
  late: 'Rendu en cours, et c’est plus long que d’habitude. Je garde un œil dessus.',
  unconfirmed: 'Le service n’a pas répondu. Je vérifie s’il a pris la demande.',
  ready: 'J’envoie ton clip',
  delivered: 'Terminé',
  failed: 'Raté',
  cancelled: 'Annulé',
};
