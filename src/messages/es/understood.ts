import type { Messages } from '../en/index.ts';
import { understoodIn } from '../understood.ts';

export const understood: Messages['understood'] = understoodIn({
  moves: {
    zoom: { 1: 'acercar', [-1]: 'alejar', 0: 'zoom' },
    pan: { 1: 'paneo a la derecha', [-1]: 'paneo a la izquierda', 0: 'paneo' },
    tilt: { 1: 'inclinar hacia abajo', [-1]: 'inclinar hacia arriba', 0: 'inclinar' },
    roll: { 1: 'girar a la derecha', [-1]: 'girar a la izquierda', 0: 'girar' },
    hold: { 1: 'cámara quieta', [-1]: 'cámara quieta', 0: 'cámara quieta' },
  },
  also: ' y a la vez ',
  next: ', luego ',
  comma: ', ',
  slowly: ' (lento)',
  quickly: ' (rápido)',
  byHand: 'cámara en mano',
  begin: 'entendí: ',
  rest: '; lo demás necesita IA',
  none: 'entendí: ningún movimiento de cámara, así que elegí uno suave; lo demás necesita IA',
});
