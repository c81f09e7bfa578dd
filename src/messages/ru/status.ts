import type { Messages } from '../en/index.ts';
import { stepMinutes } from '../intl.ts';
import { about, counted, number, percent } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  if (minutes === undefined) return 'в ближайшие часы';
  if (minutes === 1) return 'в течение минуты';
  return `в течение ${counted(minutes, { one: 'минуты', few: 'минут', many: 'минут', other: 'минут' })}`;
}

export const status: Messages['status'] = {
  received: 'Смотрю на картинку',
  queued: (ahead) => {
    if (ahead.more) return `В очереди, перед тобой больше ${number(ahead.count)}`;
    return ahead.count === 0 ? 'В очереди, следующий' : `В очереди (${ahead.count + 1}-е место)`;
  },
  keysTrouble: (cost) =>
    `Сервис сейчас не принимает клипы от этого бота. Твой продолжится сам${cost > 0 ? '; ничего не потрачено' : ''}.`,
  outage: (o) =>
    `${o.isUnreachable ? 'Сервис недоступен.' : 'Сервис слишком занят, чтобы принимать клипы.'} Попробую снова ${within(o.leftMs)}${o.cost > 0 ? '; ничего не потрачено' : ''}.`,
  unseen: 'Сервис недоступен. Твой клип делается там и придёт, как только сервис ответит.',
  stopping: 'Останавливаю.',
  stoppingPerhaps: 'Останавливаю, если он ещё не готов.',
  submitting: 'Передаю на рендеринг',
  waiting: 'Жду начала рендеринга',
  rendering: (progress, leftMs) => {
    const shown = progress === undefined ? 'Рендерится' : `Рендерится, ${percent(progress)}`;
    return leftMs === undefined ? shown : `${shown}, будет готово через ${about(leftMs)}`;
  },
  paused: 'Владелец поставил бота на паузу. Твой клип продолжится сам.',
  late: 'Рендерится дольше обычного. Я за ним слежу.',
  unconfirmed: 'Сервис не ответил. Проверяю, принял ли он запрос.',
  ready: 'Отправляю твой клип',
  delivered: 'Готово',
  failed: 'Не получилось',
  cancelled: 'Отменено',
};
