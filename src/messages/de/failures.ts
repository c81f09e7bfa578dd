import type { Failure } from '../../task/failure.ts';
import type { Messages } from '../en/index.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'Der Dienst nimmt von diesem Bot gerade keine Clips mehr an.';
const ASK_OPERATOR = 'Frag die, die den Bot betreiben.';

export const failure: Messages['failure'] = (f, cost) => {
  const unspent = cost > 0 ? 'Es hat nichts gekostet.' : '';
  const perhapsSpent = cost > 0 ? 'Vielleicht hat es einen Credit gekostet.' : '';
  return sentences(partsOf(f, { unspent, perhapsSpent }));
};

const sentences = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function partsOf(f: Failure, { unspent, perhapsSpent }: { unspent: string; perhapsSpent: string }): string[] {
  switch (f.type) {
    case 'bad-picture':
      return [picture(f.picture), unspent];
    case 'moderation':
      return [MODERATION[f.about ?? 'either'].what, saying(f), MODERATION[f.about ?? 'either'].todo];
    case 'bad-input':
      return [BAD_INPUT[f.about ?? 'either'].what, saying(f), BAD_INPUT[f.about ?? 'either'].todo];
    case 'try-another':
      return [
        'Der Dienst konnte daraus nichts machen.',
        saying(f),
        'Versuch es mit einem anderen Bild oder einer anderen Szene.',
      ];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['Der Dienst war zu lange nicht erreichbar.', unspent, 'Versuch es später noch einmal.'];
    case 'undeliverable':
      return ['Dein Clip ist fertig, ließ sich aber nicht hierher schicken.'];
    case 'picture-gone':
      return [
        'Das Bild war nicht mehr zu holen: Es wurde gelöscht, oder sein Link ist abgelaufen.',
        unspent,
        'Schick es noch einmal.',
      ];
    case 'job-gone':
      return ['Der Dienst hat diese Anfrage unterwegs verloren.', perhapsSpent, 'Versuch es noch einmal.'];
    case 'deadline':
      return ['Der Dienst ist nicht rechtzeitig fertig geworden.', perhapsSpent, 'Versuch es später noch einmal.'];
    case 'clip-unfetched':
      return [
        'Der Dienst hat deinen Clip gemacht, aber er war dort nicht abzuholen.',
        perhapsSpent,
        'Wer den Bot betreibt, findet den Grund in seinem Log.',
      ];
    case 'doubt':
      return ['Niemand weiß, ob der Dienst diese Anfrage angenommen hat, darum blieb sie liegen.', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? [
            'Die Festplatte des Rechners, auf dem dieser Bot läuft, ist voll.',
            unspent,
            'Versuch es, wenn dort wieder Platz ist.',
          ]
        : ['Mit diesem Bot stimmt etwas nicht, mit deiner Anfrage schon.', unspent, 'Mehr steht in seinem Log.'];
  }
}

const saying = ({ reason }: { reason?: string }): string => (reason === undefined ? '' : `Er sagt: „${reason}“.`);

const MODERATION = {
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
};

const BAD_INPUT = {
  scene: { what: 'Der Dienst hat die Worte der Szene nicht angenommen.', todo: 'Versuch es mit einer kürzeren Szene.' },
  picture: { what: 'Der Dienst hat das Bild nicht angenommen.', todo: 'Versuch es mit einem anderen Bild.' },
  either: {
    what: 'Der Dienst hat diese Anfrage nicht angenommen.',
    todo: 'Versuch es mit einer kürzeren Szene oder einem anderen Bild.',
  },
};
