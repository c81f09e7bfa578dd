import type { Messages } from '../en/index.ts';

const MOVES = {
  zoom: { 1: 'zoom avant', [-1]: 'zoom arrière', 0: 'zoom' },
  pan: { 1: 'panoramique à droite', [-1]: 'panoramique à gauche', 0: 'panoramique' },
  tilt: { 1: 'bascule vers le bas', [-1]: 'bascule vers le haut', 0: 'bascule' },
  roll: { 1: 'rotation à droite', [-1]: 'rotation à gauche', 0: 'rotation' },
  hold: { 1: 'caméra immobile', [-1]: 'caméra immobile', 0: 'caméra immobile' },
};

export const understood: Messages['understood'] = ({ moves, shake, rest }) => {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? ' et en même temps ' : ', puis ';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['caméra à l’épaule'] : [])];
  if (said.length === 0)
    return 'compris : aucun mouvement de caméra, alors j’en ai choisi un doux ; le reste demande une IA';
  return `compris : ${said.join(', ')}${rest ? ' ; le reste demande une IA' : ''}`;
};

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? ' (lent)' : ' (rapide)';
}
