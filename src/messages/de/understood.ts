import type { Messages } from '../en/index.ts';

const MOVES = {
  zoom: { 1: 'heranzoomen', [-1]: 'herauszoomen', 0: 'zoomen' },
  pan: { 1: 'Schwenk nach rechts', [-1]: 'Schwenk nach links', 0: 'Schwenk' },
  tilt: { 1: 'Schwenk nach unten', [-1]: 'Schwenk nach oben', 0: 'Schwenk auf oder ab' },
  roll: { 1: 'im Uhrzeigersinn drehen', [-1]: 'gegen den Uhrzeigersinn drehen', 0: 'drehen' },
  hold: { 1: 'stillhalten', [-1]: 'stillhalten', 0: 'stillhalten' },
};

export const understood: Messages['understood'] = ({ moves, shake, rest }) => {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? ' und ' : ', dann ';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['aus der Hand gefilmt'] : [])];
  if (said.length === 0) return 'verstanden: keine Kamerabewegung, darum eine sanfte; der Rest braucht KI';
  return `verstanden: ${said.join(', ')}${rest ? '; der Rest braucht KI' : ''}`;
};

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? ' (langsam)' : ' (schnell)';
}
