import type { TaskMessages } from '../en/index.ts';
import { about, countedCredits, instant, span } from './say.ts';

export const task: TaskMessages = {
  options: ({ duration, motion, seed, sound }, { isFirstSeed = false } = {}) => [
    sound === 'on' ? `${duration} с со звуком` : `${duration} с`,
    `движение ${motion}`,
    `${isFirstSeed ? 'сиды начиная с' : 'сид'} ${seed}`,
  ],
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
    const { seed, duration, motion, fit, model, sound } = d.options;
    const more = [model, sound === 'on' && 'звук'].filter(Boolean).map((one) => ` · ${one}`);
    const cost = d.credits === 0 ? 'бесплатно' : `${d.isSure ? '' : 'не больше, чем '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    const took = endedAt - askedAt < 5_000 ? about(0) : span(endedAt - askedAt);
    return [
      `Сид ${seed} · ${duration} с · движение ${motion} · ${fit}${more.join('')}`,
      `Стоимость: ${cost}`,
      `Запрос: ${instant(askedAt)}, заняло: ${took}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Автор: ${o.author}` : `${o.scene}\n— ${o.author}`),
  reported: ({ isShown }) =>
    `На этот клип пожаловались. Если ему здесь не место, нажми «Удалить»${isShown ? '' : ', и он исчезнет везде, где его показали'}.`,
};
