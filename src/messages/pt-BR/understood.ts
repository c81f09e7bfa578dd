import type { Messages } from '../en/index.ts';
import { understoodIn } from '../understood.ts';

export const understood: Messages['understood'] = understoodIn({
  moves: {
    zoom: { 1: 'aproximar', [-1]: 'afastar', 0: 'zoom' },
    pan: { 1: 'panorâmica para a direita', [-1]: 'panorâmica para a esquerda', 0: 'panorâmica' },
    tilt: { 1: 'inclinar para baixo', [-1]: 'inclinar para cima', 0: 'inclinar' },
    roll: { 1: 'girar para a direita', [-1]: 'girar para a esquerda', 0: 'girar' },
    hold: { 1: 'câmera parada', [-1]: 'câmera parada', 0: 'câmera parada' },
  },
  also: ' e ao mesmo tempo ',
  next: ', depois ',
  comma: ', ',
  slowly: ' (devagar)',
  quickly: ' (rápido)',
  byHand: 'câmera na mão',
  begin: 'entendi: ',
  rest: '; o resto precisa de IA',
  none: 'entendi: nenhum movimento de câmera, então escolhi um suave; o resto precisa de IA',
});
