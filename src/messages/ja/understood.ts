import type { Messages } from '../en/index.ts';

const MOVES = {
  zoom: { 1: 'ズームイン', [-1]: 'ズームアウト', 0: 'ズーム' },
  pan: { 1: '右へパン', [-1]: '左へパン', 0: 'パン' },
  tilt: { 1: '下へティルト', [-1]: '上へティルト', 0: 'ティルト' },
  roll: { 1: '時計回りに回転', [-1]: '反時計回りに回転', 0: '回転' },
  hold: { 1: '静止', [-1]: '静止', 0: '静止' },
};

export const understood: Messages['understood'] = ({ moves, shake, rest }) => {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? '+' : '、続いて';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['手持ち風'] : [])];
  if (said.length === 0) return '読み取れた動き: なし(ゆるやかな動きを選びました。残りはAIが必要です)';
  return `読み取れた動き: ${said.join('、')}${rest ? '(残りはAIが必要です)' : ''}`;
};

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? '(ゆっくり)' : '(速く)';
}
