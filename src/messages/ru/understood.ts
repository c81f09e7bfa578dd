import type { Messages } from '../en/index.ts';

const MOVES = {
  zoom: { 1: 'приближение', [-1]: 'отдаление', 0: 'зум' },
  pan: { 1: 'панорама вправо', [-1]: 'панорама влево', 0: 'панорама' },
  tilt: { 1: 'камера вниз', [-1]: 'камера вверх', 0: 'камера вверх или вниз' },
  roll: { 1: 'поворот по часовой стрелке', [-1]: 'поворот против часовой стрелки', 0: 'поворот' },
  hold: { 1: 'камера неподвижна', [-1]: 'камера неподвижна', 0: 'камера неподвижна' },
};

export const understood: Messages['understood'] = ({ moves, shake, rest }) => {
  const camera = moves.map(({ kind, sign, extent, together }, i) => {
    const before = i === 0 ? '' : together ? ' и ' : ', затем ';
    return `${before}${MOVES[kind][sign]}${paceOf(extent)}`;
  });
  const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? ['съёмка с рук'] : [])];
  if (said.length === 0) return 'понято: движения камеры нет, поэтому взято мягкое; для остального нужен ИИ';
  return `понято: ${said.join(', ')}${rest ? '; для остального нужен ИИ' : ''}`;
};

function paceOf(extent: number): string {
  if (extent === 1) return '';
  return extent < 1 ? ' (медленно)' : ' (быстро)';
}
