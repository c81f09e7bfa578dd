import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';
import { counted } from './say.ts';

export const settings: Messages['settings'] = {
  title: {
    server: 'Настройки этого сервера',
    chat: 'Настройки этого чата',
    own: 'Твои настройки здесь',
  },
  rows: {
    isOn: { label: 'Делать здесь клипы' },
    language: { label: 'Язык', hint: 'На котором я здесь пишу', unset: 'у каждого свой' },
    shape: {
      label: commands.animate.options.shape.label,
      hint: commands.animate.options.shape.description,
      values: commands.animate.options.shape.choices,
    },
    fit: {
      label: commands.animate.options.fit.label,
      hint: commands.animate.options.fit.description,
      values: commands.animate.options.fit.choices,
    },
    duration: { label: 'Длина', values: commands.animate.options.duration.choices },
    isCovered: { label: 'Скрывать все клипы', hint: 'Картинки и клипы видны, когда на них нажмут' },
    reply: {
      label: 'Куда приходят клипы',
      values: { thread: 'в ветку под карточкой', reply: 'ответом на карточку' },
    },
    perPerson: {
      label: 'Клипов в день на человека',
      hint: 'В каждом чате или канале; бесплатные клипы не считаются',
      unset: 'без ограничений',
    },
    perChat: {
      label: 'Клипов в день на всех вместе',
      hint: 'В каждом чате или канале; бесплатные клипы не считаются',
      unset: 'без ограничений',
    },
    roles: { label: 'Кому можно просить клипы', hint: 'Тем, у кого есть одна из этих ролей', unset: 'всем' },
    channels: {
      label: 'Где можно просить клипы',
      hint: 'Ветки считаются частью своего канала',
      unset: 'везде',
    },
    toGallery: {
      label: 'В галерею этого бота',
      hint: 'Клипы отсюда, которым многие поставили звезду, показываются там',
    },
    gallery: {
      label: 'Галерея этого сервера',
      hint: 'Клипы отсюда, которым многие поставили звезду, показываются и в этом канале',
      unset: 'нет',
    },
    starsNeeded: { label: 'Сколько звёзд нужно для галереи' },
  },
  switches: { on: 'да', off: 'нет' },
  several: {
    roles: (n) => counted(n, { one: 'роль', few: 'роли', many: 'ролей', other: 'роли' }),
    channels: (n) => counted(n, { one: 'место', few: 'места', many: 'мест', other: 'места' }),
  },
  asUsual: (value) => (value === undefined ? 'как обычно' : `как обычно (${value})`),
  line: (label, shown) => `${label}: ${shown}`,
  now: (shown) => `Сейчас: ${shown}`,
  chosen: (label) => `✓ ${label}`,
  range: (min, max) => `От ${min} до ${max}; пусто: как обычно`,
  choose: 'Что изменить?',
  change: 'Изменить',
  back: 'Назад',
  alsoHere: 'И в этой теме',
  onlyHere: 'Только в этой теме',
  notHereAnyMore: 'Больше не в этой теме',
  lately: 'Последние изменения',
  changed: ({ who, what, to, ago }) => `${who}: ${what}, ${to} (${ago})`,

  notYours: 'Это могут только те, кто ведёт этот чат.',
  unknown: 'Этой настройки больше нет. Команда /settings покажет остальные.',
  wrong: (label) => `«${label}» не принимает такое значение. Выбери другое.`,
  switchedOff: 'Те, кто ведёт этот чат, отключили здесь клипы.',
  notHere: 'Здесь клипы просить нельзя. Где можно, скажут те, кто ведёт этот чат.',
  noRole: 'Клипы здесь только для некоторых ролей. Для каких, скажут те, кто ведёт этот сервер.',
};
