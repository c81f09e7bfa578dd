import type { Messages } from '../en/index.ts';
import { stepMinutes } from '../intl.ts';
import { about, number, percent } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  if (minutes === undefined) return 'in den nächsten Stunden';
  return minutes === 1 ? 'in der nächsten Minute' : `in den nächsten ${minutes} Minuten`;
}

export const status: Messages['status'] = {
  received: 'Sehe mir dein Bild an',
  queued: (ahead) => {
    if (ahead.more) return `In der Warteschlange, mehr als ${number(ahead.count)} vor dir`;
    return ahead.count === 0
      ? 'In der Warteschlange, als Nächstes dran'
      : `In der Warteschlange (Platz ${ahead.count + 1})`;
  },
  keysTrouble: (cost) =>
    `Der Dienst nimmt von diesem Bot gerade keine Clips an. Deiner geht von selbst weiter${cost > 0 ? '; gekostet hat er nichts' : ''}.`,
  outage: (o) =>
    `${o.isUnreachable ? 'Der Dienst ist nicht erreichbar.' : 'Der Dienst ist zu beschäftigt für neue Clips.'} Der nächste Versuch ist ${within(o.leftMs)}${o.cost > 0 ? '; gekostet hat es nichts' : ''}.`,
  unseen: 'Der Dienst ist nicht erreichbar. Dein Clip entsteht dort und kommt, sobald er antwortet.',
  stopping: 'Halte ihn an.',
  stoppingPerhaps: 'Halte ihn an, wenn er nicht schon fertig ist.',
  submitting: 'Gebe ihn zum Rendern weiter',
  waiting: 'Wartet aufs Rendern',
  rendering: (progress, leftMs) => {
    const shown = progress === undefined ? 'Wird gerendert' : `Wird gerendert, ${percent(progress)}`;
    return leftMs === undefined ? shown : `${shown}, fertig in ${about(leftMs)}`;
  },
  paused: 'Wer diesen Bot betreibt, hat ihn angehalten. Dein Clip geht von selbst weiter.',
  late: 'Wird gerendert und dauert länger als sonst. Ich behalte ihn im Auge.',
  unconfirmed: 'Der Dienst hat nicht geantwortet. Ich sehe nach, ob er die Anfrage angenommen hat.',
  ready: 'Schicke deinen Clip',
  delivered: 'Fertig',
  failed: 'Gescheitert',
  cancelled: 'Abgebrochen',
};
