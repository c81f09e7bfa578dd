import type { Failure } from '../../task/failure.ts';
import type { Messages } from '../en/index.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'Сервис сейчас больше не принимает клипы от этого бота.';
const ASK_OPERATOR = 'Спроси владельца бота.';

export const failure: Messages['failure'] = (f, cost) => {
  const unspent = cost > 0 ? 'Ничего не потрачено.' : '';
  const perhapsSpent = cost > 0 ? 'Возможно, потрачен один кредит.' : '';
  return partsOf(f, { unspent, perhapsSpent })
    .filter((part) => part !== '')
    .join(' ');
};

function partsOf(f: Failure, { unspent, perhapsSpent }: { unspent: string; perhapsSpent: string }): string[] {
  switch (f.type) {
    case 'bad-picture':
      return [picture(f.picture), unspent];
    case 'moderation':
      return [MODERATION[f.about ?? 'either'].what, saying(f), MODERATION[f.about ?? 'either'].todo];
    case 'bad-input':
      return [BAD_INPUT[f.about ?? 'either'].what, saying(f), BAD_INPUT[f.about ?? 'either'].todo];
    case 'try-another':
      return ['Сервис не смог ничего из этого сделать.', saying(f), 'Попробуй другую картинку или другую сцену.'];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['Сервис слишком долго был недоступен.', unspent, 'Попробуй позже.'];
    case 'undeliverable':
      return ['Твой клип готов, но отправить его сюда не получилось.'];
    case 'picture-gone':
      return ['Картинку не удалось получить: её удалили, или ссылка устарела.', unspent, 'Отправь её ещё раз.'];
    case 'job-gone':
      return ['Сервис потерял этот запрос на полпути.', perhapsSpent, 'Попробуй снова.'];
    case 'deadline':
      return ['Сервис не успел вовремя.', perhapsSpent, 'Попробуй позже.'];
    case 'clip-unfetched':
      return [
        'Сервис сделал клип, но забрать его оттуда не получилось.',
        perhapsSpent,
        'Причину владелец бота найдёт в журнале.',
      ];
    case 'doubt':
      return ['Никто не знает, принял ли сервис этот запрос, поэтому он оставлен как есть.', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? ['На машине, где работает бот, кончилось место на диске.', unspent, 'Попробуй снова, когда оно появится.']
        : ['Что-то не так с ботом, а не с твоим запросом.', unspent, 'Подробности в его журнале.'];
  }
}

const saying = ({ reason }: { reason?: string }): string => (reason === undefined ? '' : `Его слова: «${reason}».`);

const MODERATION = {
  scene: { what: 'Сервис отклонил слова сцены по своим правилам.', todo: 'Попробуй другие слова.' },
  picture: { what: 'Сервис отклонил картинку по своим правилам.', todo: 'Попробуй другую картинку.' },
  either: {
    what: 'Сервис отклонил сцену или картинку по своим правилам.',
    todo: 'Попробуй другие слова или другую картинку.',
  },
};

const BAD_INPUT = {
  scene: { what: 'Сервис не принял слова сцены.', todo: 'Попробуй сцену покороче.' },
  picture: { what: 'Сервис не принял картинку.', todo: 'Попробуй другую картинку.' },
  either: { what: 'Сервис не принял этот запрос.', todo: 'Попробуй сцену покороче или другую картинку.' },
};
