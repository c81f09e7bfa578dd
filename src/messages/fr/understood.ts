import type { Messages } from '../en/index.ts';
import { understoodIn } from '../understood.ts';

export const understood: Messages['understood'] = understoodIn({
  moves: {
    zoom: { 1: 'zoom avant', [-1]: 'zoom arrière', 0: 'zoom' },
    pan: { 1: 'panoramique à droite', [-1]: 'panoramique à gauche', 0: 'panoramique' },
    tilt: { 1: 'bascule vers le bas', [-1]: 'bascule vers le haut', 0: 'bascule' },
    roll: { 1: 'rotation à droite', [-1]: 'rotation à gauche', 0: 'rotation' },
    hold: { 1: 'caméra immobile', [-1]: 'caméra immobile', 0: 'caméra immobile' },
  },
  also: ' et en même temps ',
  next: ', puis ',
  comma: ', ',
  slowly: ' (lent)',
  quickly: ' (rapide)',
  byHand: 'caméra à l’épaule',
  begin: 'compris : ',
  rest: ' ; le reste demande une IA',
  none: 'compris : aucun mouvement de caméra, alors j’en ai choisi un doux ; le reste demande une IA',
});
