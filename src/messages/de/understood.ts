import type { Messages } from '../en/index.ts';
import { understoodIn } from '../understood.ts';

export const understood: Messages['understood'] = understoodIn({
  moves: {
    zoom: { 1: 'heranzoomen', [-1]: 'herauszoomen', 0: 'zoomen' },
    pan: { 1: 'Schwenk nach rechts', [-1]: 'Schwenk nach links', 0: 'Schwenk' },
    tilt: { 1: 'Schwenk nach unten', [-1]: 'Schwenk nach oben', 0: 'Schwenk auf oder ab' },
    roll: { 1: 'im Uhrzeigersinn drehen', [-1]: 'gegen den Uhrzeigersinn drehen', 0: 'drehen' },
    hold: { 1: 'stillhalten', [-1]: 'stillhalten', 0: 'stillhalten' },
  },
  also: ' und ',
  next: ', dann ',
  comma: ', ',
  slowly: ' (langsam)',
  quickly: ' (schnell)',
  byHand: 'aus der Hand gefilmt',
  begin: 'verstanden: ',
  rest: '; der Rest braucht KI',
  none: 'verstanden: keine Kamerabewegung, darum eine sanfte; der Rest braucht KI',
});
