import type { TaskMessages } from '../en/index.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant, span } from './say.ts';

const options = optionsIn({
  length: (s) => `${s} с`,
  withSound: (s) => `${s} с со звуком`,
  motion: (n) => `движение ${n}`,
  seed: (n) => `сид ${n}`,
  seedsFrom: (n) => `сиды начиная с ${n}`,
  shapes: commands.animate.options.shape.choices,
});

export const task: TaskMessages = {
  options,
  endsOn: (notes) =>
    notes.length === 0 ? 'заканчивается второй картинкой' : `заканчивается второй картинкой (${notes.join(', ')})`,
  clip: (scene) => scene,
  goesOn: {
    inAll: (seconds) => `всего ${seconds} с`,
    isAlone: 'только новая часть: соединить не удалось',
  },
  wordless: 'движется само',
  doubt:
    'Сервис не сказал, принял ли он запрос. Повтор может стоить ещё одного кредита; если оставить как есть, больше ничего не спишется.',
  clipAtLink: (link) => `Клип готов, но этот чат его не принимает. Посмотри здесь: ${link}`,
  didNotWork: 'Не получилось.',
  details(d) {
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? 'бесплатно' : `${d.isSure ? '' : 'не больше, чем '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    const took = endedAt - askedAt < 5_000 ? about(0) : span(endedAt - askedAt);
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `Стоимость: ${cost}`,
      `Запрос: ${instant(askedAt)}, заняло: ${took}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Автор: ${o.author}` : `${o.scene}\n— ${o.author}`),
  reported: ({ isShown }) =>
    `На этот клип пожаловались. Если ему здесь не место, нажми «Удалить»${isShown ? '' : ', и он исчезнет везде, где его показали'}.`,
};
