import type { Messages } from '../en/index.ts';

const MOVES = {
  zoom: { 1: 'acercar', [-1]: 'alejar', 0: 'zoom' },
  pan: { 1: 'paneo a la derecha', [-1]: 'paneo a la izquierda', 0: 'paneo' },
  tilt: { 1: 'inclinar hacia abajo', [-1]: 'inclinar hacia arriba', 0: 'inclinar' },
  roll: { 1: 'girar a la derecha', [-1]: 'girar a la izquierda', 0: 'girar' },
  hold: { 1: 'cámara quieta', [-1]: 'cámara quieta', 0: 'cámara quieta' },
};

export const understood: Messages['understood'] = ({ moves, shake, rest }) => {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? ' y a la vez ' : ', luego ';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['cámara en mano'] : [])];
  if (said.length === 0) return 'entendí: ningún movimiento de cámara, así que elegí uno suave; lo demás necesita IA';
  return `entendí: ${said.join(', ')}${rest ? '; lo demás necesita IA' : ''}`;
};

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? ' (lento)' : ' (rápido)';
}
