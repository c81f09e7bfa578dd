import type { Messages } from '../en/index.ts';
import { about, counted, countedClips, countedCredits, plural } from './say.ts';

const MORE = { one: 'ещё', few: 'ещё', many: 'ещё', other: 'ещё' };
const more = (clips: number): string => `${plural(clips, MORE)} ${countedClips(clips)}`;
const countedTakes = (n: number): string =>
  counted(n, { one: 'вариант', few: 'варианта', many: 'вариантов', other: 'варианта' });

export const request: Messages['request'] = {
  noScene: 'Напиши, что должно произойти на картинке, например «набегают волны, медленный зум».',
  sceneTooLong: (found, most) => `Сцена слишком длинная (символов: ${found}). Уложись в ${most}.`,
  notAllowed: ({ here, person, manages }) => {
    const named = 'Этот бот делает клипы только для тех мест и людей, которых назвал его владелец.';
    if (manages)
      return `${named} Владельцу: добавь ALLOW=${here} для всех, кто здесь, или ALLOW=${person} для себя одного.`;
    const ids = here === person ? person : `${person} (это ты) или ${here} (все, кто здесь)`;
    return `${named} Отправь владельцу бота вот это, для ALLOW: ${ids}.`;
  },
  budgetSpent: 'Бюджет на клипы на сегодня исчерпан. Новый начнётся в полночь по UTC; этот запрос ничего не стоил.',
  personHadEnough: (clips, { isShared }) =>
    isShared
      ? `Все, кто пишет здесь от имени канала или группы, уже получили на сегодня ${countedClips(clips)} на всех. Напиши от своего имени или после полуночи по UTC.`
      : `На сегодня у тебя уже было ${countedClips(clips)}, это всё. Новые — после полуночи по UTC.`,
  tooManyWaiting: (clips, { isShared }) =>
    isShared
      ? `У тех, кто пишет здесь от имени канала или группы, уже ${countedClips(clips)} в очереди или в работе. Напиши от своего имени или подожди, пока один будет готов.`
      : `У тебя уже ${countedClips(clips)} в очереди или в работе. Попроси снова, когда один будет готов.`,
  chatHadEnough: (clips) =>
    `В этом чате сегодня уже было ${countedClips(clips)}, это всё. Новые — после полуночи по UTC.`,
  chatTooManyWaiting: (clips) =>
    `В этом чате уже ${countedClips(clips)} в очереди или в работе. Попроси снова, когда один будет готов.`,
  left: {
    person: (clips, { isShared }) => {
      if (clips > 0)
        return isShared
          ? `У тех, кто пишет здесь от имени канала или группы, на сегодня ${more(clips)}.`
          : `У тебя на сегодня ${more(clips)}.`;
      return isShared
        ? 'Это был последний на сегодня клип для тех, кто пишет здесь от имени канала или группы.'
        : 'Это был твой последний клип на сегодня.';
    },
    chat: (clips) =>
      clips === 0 ? 'Это был последний клип этого чата на сегодня.' : `У этого чата на сегодня ${more(clips)}.`,
    budget: (clips) =>
      clips === 0
        ? 'Это был последний клип на сегодняшний бюджет.'
        : `Сегодняшнего бюджета хватит ещё на ${countedClips(clips)}.`,
  },
  fewerTakes: (most, takes) =>
    `Ты просишь ${countedTakes(takes)}, а места сейчас только на ${countedClips(most)}. Попроси меньше или попробуй позже.`,
  takesCost: (takes, cost) => `Цена за ${countedTakes(takes)}: ${countedCredits(cost)}.`,
  tooManyShown: (clips) => `Показов подряд уже ${clips}. Следующий клип можно показать через минуту.`,
  tooManyConverted: 'Несколько клипов уже превращаются в другие файлы. Попробуй снова через минуту.',
  tooManyReported: 'Жалоб подряд уже несколько. Следующую можно отправить через минуту.',
  diskNearlyFull:
    'На машине, где работает бот, почти нет места на диске, поэтому запросы не принимаются. Попробуй позже или скажи владельцу бота.',
  moderationPause: (ms) =>
    `Сервис отклонил несколько твоих запросов по своим правилам. Снова попросить можно через ${about(ms)}.`,
  tooLate: 'Поздно: этот клип уже готов.',
  notYours: 'Это может сделать только тот, кто просил этот клип.',
  gone: 'Этого клипа здесь больше нет.',
  bothGone: 'Второй картинки из этого запроса здесь тоже нет. Попроси клип заново и отправь обе картинки.',
  cancelHeard: 'Хорошо. Чем всё кончится, скажет его сообщение.',
  nothingToCancel: 'Сейчас здесь не делается ни одного твоего клипа.',
  cancelWhich: 'Здесь делается несколько твоих клипов. Какой остановить?',
  coveredScene: (ageMs) => `скрытая сцена, запрос ${about(ageMs)} назад`,
  noDoubt: 'Это уже решено.',
  retrying: 'Пробую снова.',
  leaving: 'Оставляю как есть.',
  underWay: 'Этот клип ещё делается: сначала отмени его или подожди, пока он будет готов.',
  takesBegin: 'Другие варианты только начинаются, с картинкой этого. Попробуй чуть позже.',
  deleted: 'Удалено.',
  deletedBefore: 'То, что ты здесь просил, удалено. Чтобы сделать другой клип, отправь картинку заново.',
};
