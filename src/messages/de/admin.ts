import type { Messages } from '../en/index.ts';
import { briefly, listedShortly } from '../shared.ts';
import { ago, counted, countedClips, countedCredits, number, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join(', ');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line} und ${more} weitere`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id} „${briefly(scene)}“ für ${person}`;

const STEPS = { waiting: 'Warten', rendering: 'Rendern', delivering: 'Zustellen' };

type Week = Parameters<Messages['admin']['weekly']>[0]['week'];
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)} für ${counted(people, { one: 'Person', other: 'Personen' })}, ${countedCredits(credits)} ausgegeben, ${number(failed)} gescheitert`;

export const admin: Messages['admin'] = {
  notYours: 'Diesen Befehl kenne ich nicht. /help zeigt alle, die ich kenne.',
  today: (o) =>
    `Heute (UTC): ${o.isMore ? 'mehr als ' : ''}${countedClips(o.asked)} angefragt, ${o.delivered} zugestellt, ${o.failed} gescheitert, ${o.cancelled} abgebrochen, ${o.underWay} unterwegs`,
  spent: ({ credits, budget }) =>
    `Heute ausgegeben oder zugesagt: ${countedCredits(credits)}${budget === undefined ? ', ohne Budget' : ` von ${budget}`}`,
  failures: (classes) =>
    classes.length === 0 ? '' : `Fehler: ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps) =>
    steps.length === 0
      ? ''
      : `Am langsamsten: ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)} (${id})`))}`,
  oldest: (tasks) => (tasks.length === 0 ? '' : `Am längsten unterwegs: ${listed(tasks.map(brief))}`),
  lastFailed: (tasks) => (tasks.length === 0 ? '' : `Zuletzt gescheitert: ${listed(tasks.map(brief))}`),
  waits: (o) =>
    `Es warten: ${o.queued} auf den Start, ${o.ready} aufs Senden, ${o.doubtful} auf eine Antwort der Person`,
  key: (o) =>
    `Schlüssel ${o.name} (${o.provider}): ${o.leftMs === undefined ? 'in Gebrauch' : `pausiert für ${span(o.leftMs)} (${o.reason})`}`,
  isPaused: 'Pausiert: Neues wird nicht begonnen. Mit /admin resume geht es weiter.',
  lists: ({ blocked, refused }) =>
    [
      ...(blocked.length > 0 ? [`Gesperrt: ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`Abgelehnte Wörter: ${someOf(refused)}`] : []),
    ].join('\n'),
  moreKeys: (n) => (n === 1 ? 'und 1 weiterer Schlüssel' : `und ${n} weitere Schlüssel`),
  moreChanges: (n) => (n === 1 ? 'und 1 frühere Änderung' : `und ${n} frühere Änderungen`),
  changed: (o) => `${o.who}: ${o.what} ${o.isOn ? 'an' : 'aus'}, ${ago(o.agoMs)}`,
  paused: {
    on: 'Pausiert: Anfragen werden angenommen und warten, begonnen wird nichts. Mit /admin resume geht es weiter.',
    off: 'Es geht weiter.',
  },
  blocked: {
    on: (person) => `Für ${person} werden keine Clips mehr gemacht.`,
    off: (person) => `${person} darf wieder Clips anfragen.`,
  },
  refused: {
    on: (word) => `Szenen mit „${word}“ werden abgelehnt.`,
    off: (word) => `Szenen mit „${word}“ werden wieder angenommen.`,
  },
  tooMany: 'Auf diesen Listen stehen schon zu viele Personen und Wörter. Nimm erst welche herunter.',
  noTask: 'Diese Aufgabe gibt es nicht. Nenne ihre ID oder deren Ende, wie /admin es zeigt.',
  retried: (name) => `Der Clip wird noch einmal für ${name} gemacht und kommt dahin, wo er angefragt wurde.`,
  noStanding:
    'Die Einstellungen dieses Chats fragen nach Rollen oder Kanälen, und die kann ich dort gerade nicht nachsehen. Versuch es gleich noch einmal.',
  noPerson:
    'Nenne eine Person mit Plattform und Nummer, etwa discord:123456789012345678, oder mit der ID einer ihrer Aufgaben.',
  noWord: (most) => `Nenne ein Wort oder eine Wendung mit höchstens ${most} Zeichen.`,
  noKey: 'Diesen Schlüssel gibt es nicht oder mehrfach. Nenne mindestens die ersten vier Zeichen, die /admin zeigt.',
  keyParked: (key) => `Schlüssel ${key} ist für einen Tag pausiert, oder bis zu /admin free ${key}.`,
  keyFreed: (key) => `Schlüssel ${key} wird wieder benutzt.`,
  weekly: ({ week, before }) =>
    [
      `Dein Bot in den letzten sieben Tagen: ${weekInWords(week)}.`,
      ...(before ? [`In den sieben Tagen davor: ${weekInWords(before)}.`] : []),
    ].join('\n'),
  inPrivate: 'Schreib mir das privat: Andere sollen die Antwort nicht lesen.',
  blockedPerson: 'Wer diesen Bot betreibt, lässt für dich keine Clips machen. Frag nach, wenn das ein Irrtum ist.',
  refusedScene:
    'Wer diesen Bot betreibt, lehnt einige Wörter ab, und eines davon steht in dieser Szene. Sag es mit anderen.',
};
