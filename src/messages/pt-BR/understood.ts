import type { Messages } from '../en/index.ts';

const MOVES = {
  zoom: { 1: 'aproximar', [-1]: 'afastar', 0: 'zoom' },
  pan: { 1: 'panorâmica para a direita', [-1]: 'panorâmica para a esquerda', 0: 'panorâmica' },
  tilt: { 1: 'inclinar para baixo', [-1]: 'inclinar para cima', 0: 'inclinar' },
  roll: { 1: 'girar para a direita', [-1]: 'girar para a esquerda', 0: 'girar' },
  hold: { 1: 'câmera parada', [-1]: 'câmera parada', 0: 'câmera parada' },
};

export const understood: Messages['understood'] = ({ moves, shake, rest }) => {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? ' e ao mesmo tempo ' : ', depois ';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['câmera na mão'] : [])];
  if (said.length === 0) return 'entendi: nenhum movimento de câmera, então escolhi um suave; o resto precisa de IA';
  return `entendi: ${said.join(', ')}${rest ? '; o resto precisa de IA' : ''}`;
};

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? ' (devagar)' : ' (rápido)';
}
