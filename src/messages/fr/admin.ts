import type { Messages } from '../en/index.ts';
import { briefly, listedShortly } from '../shared.ts';
import { ago, counted, countedClips, countedCredits, number, plural, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join(', ');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line} et ${more} de plus`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id} « ${briefly(scene)} » pour ${person}`;

const STEPS = { waiting: 'attente', rendering: 'rendu', delivering: 'envoi' };

type Week = Parameters<Messages['admin']['weekly']>[0]['week'];
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)} pour ${counted(people, { one: 'personne', other: 'personnes' })}, ${countedCredits(credits)} de dépenses, ${counted(failed, { one: 'raté', other: 'ratés' })}`;

export const admin: Messages['admin'] = {
  notYours: 'Je ne connais pas cette commande. /help montre celles que je connais.',
  today: (o) =>
    `Aujourd’hui (UTC) : ${o.isMore ? 'plus de ' : ''}${countedClips(o.asked)} ${plural(o.asked, { one: 'demandé', other: 'demandés' })}, ${counted(o.delivered, { one: 'envoyé', other: 'envoyés' })}, ${counted(o.failed, { one: 'raté', other: 'ratés' })}, ${counted(o.cancelled, { one: 'annulé', other: 'annulés' })}, ${number(o.underWay)} en cours`,
  spent: ({ credits, budget }) =>
    `Dépensé ou promis aujourd’hui : ${countedCredits(credits)}${budget === undefined ? ', sans budget' : ` sur ${number(budget)}`}`,
  failures: (classes) =>
    classes.length === 0 ? '' : `Échecs : ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps) =>
    steps.length === 0
      ? ''
      : `Les plus lents : ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)} (${id})`))}`,
  oldest: (tasks) => (tasks.length === 0 ? '' : `En cours depuis le plus longtemps : ${listed(tasks.map(brief))}`),
  lastFailed: (tasks) => (tasks.length === 0 ? '' : `Derniers échecs : ${listed(tasks.map(brief))}`),
  waits: (o) =>
    `En attente : ${o.queued} avant de commencer, ${o.ready} avant l’envoi, ${o.doubtful} d’une réponse de quelqu’un`,
  key: (o) =>
    `Clé ${o.name} (${o.provider}) : ${o.leftMs === undefined ? 'en service' : `au repos pour ${span(o.leftMs)} (${o.reason})`}`,
  weekly: ({ week, before }) =>
    [
      `Ton bot ces sept derniers jours : ${weekInWords(week)}.`,
      ...(before ? [`Les sept jours d’avant : ${weekInWords(before)}.`] : []),
    ].join('\n'),
  isPaused: 'En pause : rien de nouveau ne commence. /admin resume relance.',
  lists: ({ blocked, refused }) =>
    [
      ...(blocked.length > 0 ? [`Personnes bloquées : ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`Mots refusés : ${someOf(refused)}`] : []),
    ].join('\n'),
  moreKeys: (n) => `et ${counted(n, { one: 'autre clé', other: 'autres clés' })}`,
  moreChanges: (n) => `et ${counted(n, { one: 'changement plus ancien', other: 'changements plus anciens' })}`,
  changed: (o) => `${o.who} : ${o.what} ${o.isOn ? 'oui' : 'non'}, ${ago(o.agoMs)}`,
  paused: {
    on: 'En pause : les demandes sont prises et attendent, et rien de nouveau ne commence. /admin resume relance.',
    off: 'C’est reparti.',
  },
  blocked: {
    on: (person) => `Plus aucun clip n’est fait pour ${person}.`,
    off: (person) => `${person} peut de nouveau demander des clips.`,
  },
  refused: {
    on: (word) => `Les scènes avec « ${word} » sont refusées.`,
    off: (word) => `Les scènes avec « ${word} » sont de nouveau acceptées.`,
  },
  tooMany: 'Il y a déjà trop de personnes et de mots sur ces listes. Enlèves-en d’abord.',
  noTask: 'Cette tâche n’existe pas. Donne son ID, ou sa fin, comme /admin la montre.',
  retried: (name) => `Je le refais pour ${name}, et il arrive là où il a été demandé.`,
  noStanding:
    'Les réglages de sa discussion demandent des rôles ou des salons, et je ne peux pas les vérifier maintenant. Réessaie dans un instant.',
  noPerson:
    'Désigne la personne par plateforme et numéro, comme discord:123456789012345678, ou par l’ID d’une de ses tâches.',
  noWord: (most) => `Donne un mot ou une expression de ${most} caractères au plus.`,
  noKey:
    'Cette clé n’existe pas, ou il y en a plusieurs. Donne au moins les quatre premiers caractères que /admin montre.',
  keyParked: (key) => `La clé ${key} est au repos pour un jour, ou jusqu’à /admin free ${key}.`,
  keyFreed: (key) => `La clé ${key} est de nouveau en service.`,
  inPrivate: 'Dis-le-moi en privé : la réponse n’est pas pour les autres.',
  blockedPerson:
    'Les responsables de ce bot ne font pas de clips pour toi. Si tu penses que c’est une erreur, demande-leur.',
  refusedScene: 'Les responsables de ce bot refusent certains mots, et cette scène en contient un. Dis-le autrement.',
};
