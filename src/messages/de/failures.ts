import type { Messages } from '../en/index.ts';
import { failuresIn } from '../failures.ts';
import { picture } from './pictures.ts';

export const failure: Messages['failure'] = failuresIn({
  gap: ' ',
  picture,
  unspent: 'Es hat nichts gekostet.',
  perhapsSpent: 'Vielleicht hat es einen Credit gekostet.',
  saying: (reason) => `Er sagt: „${reason}“.`,
  moderation: {
    scene: {
      what: 'Der Dienst hat die Worte der Szene nach seinen Regeln abgelehnt.',
      todo: 'Versuch es mit anderen Worten.',
    },
    picture: {
      what: 'Der Dienst hat das Bild nach seinen Regeln abgelehnt.',
      todo: 'Versuch es mit einem anderen Bild.',
    },
    either: {
      what: 'Der Dienst hat die Szene oder das Bild nach seinen Regeln abgelehnt.',
      todo: 'Versuch es mit anderen Worten oder einem anderen Bild.',
    },
  },
  'bad-input': {
    scene: {
      what: 'Der Dienst hat die Worte der Szene nicht angenommen.',
      todo: 'Versuch es mit einer kürzeren Szene.',
    },
    picture: { what: 'Der Dienst hat das Bild nicht angenommen.', todo: 'Versuch es mit einem anderen Bild.' },
    either: {
      what: 'Der Dienst hat diese Anfrage nicht angenommen.',
      todo: 'Versuch es mit einer kürzeren Szene oder einem anderen Bild.',
    },
  },
  'try-another': {
    what: 'Der Dienst konnte daraus nichts machen.',
    todo: 'Versuch es mit einem anderen Bild oder einer anderen Szene.',
  },
  noMoreClips: {
    what: 'Der Dienst nimmt von diesem Bot gerade keine Clips mehr an.',
    todo: 'Frag die, die den Bot betreiben.',
  },
  transient: { what: 'Der Dienst war zu lange nicht erreichbar.', todo: 'Versuch es später noch einmal.' },
  'picture-gone': {
    what: 'Das Bild war nicht mehr zu holen: Es wurde gelöscht, oder sein Link ist abgelaufen.',
    todo: 'Schick es noch einmal.',
  },
  'last-gone': {
    what: 'Das letzte Bild war nicht mehr zu holen: Es wurde gelöscht, oder sein Link ist abgelaufen.',
    todo: 'Schick es noch einmal.',
  },
  'job-gone': { what: 'Der Dienst hat diese Anfrage unterwegs verloren.', todo: 'Versuch es noch einmal.' },
  deadline: { what: 'Der Dienst ist nicht rechtzeitig fertig geworden.', todo: 'Versuch es später noch einmal.' },
  'clip-unfetched': {
    what: 'Der Dienst hat deinen Clip gemacht, aber er war dort nicht abzuholen.',
    todo: 'Wer den Bot betreibt, findet den Grund in seinem Log.',
  },
  undeliverable: 'Dein Clip ist fertig, ließ sich aber nicht hierher schicken.',
  doubt: 'Niemand weiß, ob der Dienst diese Anfrage angenommen hat, darum blieb sie liegen.',
  'disk-full': {
    what: 'Die Festplatte des Rechners, auf dem dieser Bot läuft, ist voll.',
    todo: 'Versuch es, wenn dort wieder Platz ist.',
  },
  broken: { what: 'Mit diesem Bot stimmt etwas nicht, mit deiner Anfrage schon.', todo: 'Mehr steht in seinem Log.' },
});
