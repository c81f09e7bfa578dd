import type { Messages } from '../en/index.ts';
import { briefly, listedShortly } from '../shared.ts';
import { ago, counted, countedClips, countedCredits, number, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join(', ');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line} и ещё ${more}`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id} «${briefly(scene)}» для ${person}`;

const STEPS = { waiting: 'ожидание', rendering: 'рендеринг', delivering: 'отправка' };

type Week = Parameters<Messages['admin']['weekly']>[0]['week'];
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)} для ${counted(people, { one: 'человека', few: 'человек', many: 'человек', other: 'человека' })}, потрачено: ${countedCredits(credits)}, неудач: ${number(failed)}`;

export const admin: Messages['admin'] = {
  notYours: 'Такой команды я не знаю. Какие знаю, покажет /help.',
  today: (o) =>
    `Сегодня (UTC): запросов ${o.isMore ? 'больше чем на ' : 'на '}${countedClips(o.asked)}, доставлено ${o.delivered}, не получилось ${o.failed}, отменено ${o.cancelled}, в работе ${o.underWay}`,
  spent: ({ credits, budget }) =>
    `Потрачено или обещано сегодня: ${countedCredits(credits)}${budget === undefined ? ', бюджет не задан' : ` из ${budget}`}`,
  failures: (classes) =>
    classes.length === 0 ? '' : `Сбои: ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps) =>
    steps.length === 0
      ? ''
      : `Самое медленное: ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)} (${id})`))}`,
  oldest: (tasks) => (tasks.length === 0 ? '' : `Дольше всего в работе: ${listed(tasks.map(brief))}`),
  lastFailed: (tasks) => (tasks.length === 0 ? '' : `Последние неудачи: ${listed(tasks.map(brief))}`),
  waits: (o) => `Ждут: начала — ${o.queued}, отправки — ${o.ready}, ответа человека — ${o.doubtful}`,
  key: (o) =>
    `Ключ ${o.name} (${o.provider}): ${o.leftMs === undefined ? 'используется' : `на паузе ещё ${span(o.leftMs)} (${o.reason})`}`,
  isPaused: 'Пауза: ничего нового не начинается. /admin resume продолжит.',
  lists: ({ blocked, refused }) =>
    [
      ...(blocked.length > 0 ? [`Заблокированы: ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`Запрещённые слова: ${someOf(refused)}`] : []),
    ].join('\n'),
  moreKeys: (n) => `и ещё ключей: ${n}`,
  moreChanges: (n) => `и ещё более ранних изменений: ${n}`,
  changed: (o) => `${o.who}: ${o.what} ${o.isOn ? 'вкл.' : 'выкл.'}, ${ago(o.agoMs)}`,
  paused: {
    on: 'Пауза: запросы принимаются и ждут, ничего нового не начинается. /admin resume продолжит.',
    off: 'Продолжаю.',
  },
  blocked: {
    on: (person) => `Для ${person} клипы больше не делаются.`,
    off: (person) => `${person} снова может просить клипы.`,
  },
  refused: {
    on: (word) => `Сцены со словом «${word}» не принимаются.`,
    off: (word) => `Сцены со словом «${word}» снова принимаются.`,
  },
  tooMany: 'В этих списках уже слишком много людей и слов. Сначала убери оттуда кого-нибудь или что-нибудь.',
  noTask: 'Такой задачи нет. Укажи её ID или его конец, как показывает /admin.',
  retried: (name) => `Клип делается ещё раз для ${name} и придёт туда, где его просили.`,
  noStanding:
    'Настройки этого чата зависят от ролей или каналов, а узнать их там сейчас не получается. Попробуй чуть позже.',
  noPerson: 'Назови человека платформой и номером, например discord:123456789012345678, или ID одной из его задач.',
  noWord: (most) => `Укажи одно слово или выражение, не длиннее ${most} символов.`,
  noKey: 'Такого ключа нет, или их несколько. Укажи хотя бы первые четыре символа, которые показывает /admin.',
  keyParked: (key) => `Ключ ${key} не используется сутки или до команды /admin free ${key}.`,
  keyFreed: (key) => `Ключ ${key} снова используется.`,
  weekly: ({ week, before }) =>
    [
      `Твой бот за последние семь дней: ${weekInWords(week)}.`,
      ...(before ? [`За семь дней до этого: ${weekInWords(before)}.`] : []),
    ].join('\n'),
  inPrivate: 'Напиши это мне в личку: другим этот ответ читать не надо.',
  blockedPerson: 'Владелец этого бота не разрешил делать для тебя клипы. Если это ошибка, спроси его.',
  refusedScene: 'Владелец этого бота запретил некоторые слова, и одно из них есть в этой сцене. Скажи это иначе.',
};
