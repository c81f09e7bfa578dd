import type { Messages } from '../en/index.ts';
import { understoodIn } from '../understood.ts';

export const understood: Messages['understood'] = understoodIn({
  moves: {
    zoom: { 1: 'ズームイン', [-1]: 'ズームアウト', 0: 'ズーム' },
    pan: { 1: '右へパン', [-1]: '左へパン', 0: 'パン' },
    tilt: { 1: '下へティルト', [-1]: '上へティルト', 0: 'ティルト' },
    roll: { 1: '時計回りに回転', [-1]: '反時計回りに回転', 0: '回転' },
    hold: { 1: '静止', [-1]: '静止', 0: '静止' },
  },
  also: '+',
  next: '、続いて',
  comma: '、',
  slowly: '(ゆっくり)',
  quickly: '(速く)',
  byHand: '手持ち風',
  begin: '読み取れた動き: ',
  rest: '(残りはAIが必要です)',
  none: '読み取れた動き: なし(ゆるやかな動きを選びました。残りはAIが必要です)',
});
