import type { Messages } from '../en/index.ts';
import { ago } from './say.ts';

export const clips: Messages['clips'] = {
  title: 'Клипы отсюда',
  mine: 'Твои клипы',
  none: 'Клипов не нашлось.',
  asYourself: 'Напиши от своего имени, не от имени канала или группы, и увидишь все свои клипы.',
  over: 'Этот список устарел. Попроси его заново.',
  notYours: 'Это чужой список. Свой получишь по команде /clips.',
  notFound: 'Такого клипа нет ни среди твоих, ни среди сделанных здесь.',
  by: (name) => `автор: ${name}`,
  ago: (ms) => (ms < 60_000 ? 'только что' : ago(ms)),
  pageBefore: 'Назад',
  nextPage: 'Дальше',
};
