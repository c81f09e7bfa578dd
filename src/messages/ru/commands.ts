import { DURATIONS_SECONDS } from '../../task/options.ts';
import type { Messages } from '../en/index.ts';
import { counted, countedCredits } from './say.ts';

export const commands: Messages['commands'] = {
  animate: {
    name: 'animate',
    description: 'Преврати картинку в клип на несколько секунд',
    options: {
      image: {
        name: 'картинка',
        label: 'Картинка',
        description: 'Картинка: JPEG, PNG, WebP, HEIC, AVIF или GIF',
        wrong: 'Картинки здесь нет. Отправь её или ответь на сообщение с картинкой.',
      },
      last: {
        name: 'конец',
        label: 'Конец',
        description: 'Вторая картинка, которой клип заканчивается',
        wrong: 'Отправь вторую картинку для конца клипа или обойдись без неё.',
      },
      scene: {
        name: 'сцена',
        label: 'Что должно произойти?',
        description: 'Что должно произойти, например «набегают волны, медленный зум»',
        wrong: 'Напиши, что должно произойти на картинке, например «набегают волны, медленный зум».',
      },
      motion: {
        name: 'движение',
        label: 'Движение',
        description: 'От 1 (почти не движется) до 10 (движется сильно)',
        wrong: 'Движение бывает от 1 (почти не движется) до 10 (движется сильно).',
      },
      duration: {
        name: 'длина',
        label: 'Длина',
        description: 'В секундах',
        choices: Object.fromEntries(
          DURATIONS_SECONDS.map((seconds) => [
            seconds,
            counted(seconds, { one: 'секунда', few: 'секунды', many: 'секунд', other: 'секунды' }),
          ]),
        ),
        wrong: 'Клип длится 2–10 секунд.',
      },
      model: {
        name: 'модель',
        label: 'Модель',
        description: 'Какая модель сделает клип',
        wrong: 'Такой модели нет.',
      },
      sound: {
        name: 'звук',
        label: 'Звук',
        description: 'Нужен ли клипу звук; с ним дороже',
        choices: { on: 'со звуком', off: 'без звука' },
        wrong: 'Звук бывает on (со звуком) или off (без звука).',
      },
      frame: {
        name: 'кадр',
        label: 'Кадр',
        description: 'Начинается клип с твоей картинки или заканчивается ею',
        choices: { first: 'начинается с неё', last: 'заканчивается ею' },
        wrong: 'Кадр бывает first (первый) или last (последний).',
      },
      seed: {
        name: 'сид',
        label: 'Сид',
        description: 'С тем же сидом получится тот же клип',
        wrong: 'Сид — целое число от 0 до 4294967295.',
      },
      shape: {
        name: 'формат',
        label: 'Формат',
        description: 'Формат клипа; автоматически — самый близкий к картинке',
        choices: {
          auto: 'автоматически',
          wide: 'широкий (16:9)',
          tall: 'вертикальный (9:16)',
          square: 'квадратный (1:1)',
          landscape: 'альбомный (4:3)',
          portrait: 'портретный (3:4)',
          ultrawide: 'панорамный (21:9)',
        },
        wrong: 'Формат: auto, wide, tall, square, landscape, portrait или ultrawide.',
      },
      fit: {
        name: 'подгонка',
        label: 'Подгонка',
        description: 'Что делать с картинкой другого формата',
        choices: { crop: 'обрезать по форме', pad: 'добавить размытые края', strict: 'ничего не менять: отказать' },
        wrong: 'Подгонка: crop (обрезать), pad (добавить края) или strict (ничего не менять).',
      },
      focus: {
        name: 'фокус',
        description: 'Что останется при обрезке: доли ширины и высоты картинки, например 0.3,0.6',
        wrong: 'Фокус — два числа от 0 до 1, например 0.3,0.6: слева и сверху.',
      },
      takes: {
        name: 'варианты',
        label: 'Варианты',
        description: 'Сколько клипов сделать сразу, от 1 до 4; каждый стоит как один',
        wrong: 'За раз делается от 1 до 4 вариантов.',
      },
      spoiler: {
        name: 'спойлер',
        description: 'Скрыть картинку и клип, пока на них не нажмут',
        wrong: 'Спойлер: да или нет.',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'Клипы, сделанные здесь, или все твои',
    options: {
      of: {
        name: 'чьи',
        label: 'Чьи',
        description: 'Сделанные здесь или все твои',
        choices: { here: 'сделанные здесь', mine: 'все мои' },
        wrong: 'Напиши here, чтобы увидеть сделанные здесь, или mine, чтобы увидеть все свои.',
      },
      words: { name: 'слова', description: 'Слова из сцены', wrong: 'Не больше 200 символов.' },
      by: { name: 'автор', description: 'Чьи клипы', wrong: 'Назови того, чьи клипы хочешь увидеть.' },
      starred: { name: 'звезда', description: 'Только со звездой', wrong: 'Звезда: да или нет.' },
    },
  },
  show: {
    name: 'show',
    description: 'Показать ещё раз твой клип или сделанный здесь',
    options: {
      clip: {
        name: 'клип',
        description: 'Слова из его сцены или его ID',
        wrong: 'Скажи, какой клип: слова из его сцены или его ID.',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'Для тех, кто ведёт этот чат: что здесь делается и для кого',
    options: {},
  },
  quota: { name: 'quota', description: 'Сколько клипов ещё можно попросить', options: {} },
  privacy: { name: 'privacy', description: 'Что этот бот хранит о тебе и как долго', options: {} },
  export: { name: 'export', description: 'Получить файлом всё, что этот бот хранит о тебе', options: {} },
  forget: { name: 'forget', description: 'Удалить всё, что этот бот хранит о тебе', options: {} },
  admin: {
    name: 'admin',
    description: 'Для владельцев бота: как у него дела и что с этим делать',
    options: {
      do: {
        name: 'действие',
        description: 'Что сделать; без этого — как идут дела сегодня',
        choices: {
          pause: 'пауза: не начинать нового',
          resume: 'продолжить',
          stop: 'остановить задачу',
          retry: 'повторить задачу',
          block: 'заблокировать человека',
          unblock: 'разблокировать человека',
          refuse: 'запретить слово',
          allow: 'снова разрешить слово',
          park: 'не трогать ключ',
          free: 'снова использовать ключ',
        },
        wrong: 'Напиши pause, resume, stop, retry, block, unblock, refuse, allow, park или free.',
      },
      what: {
        name: 'что',
        description: 'ID задачи, человек, слово или ключ',
        wrong: 'Не больше 200 символов.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Остановить клип, который делается здесь для тебя', options: {} },
  help: { name: 'help', description: 'Что умеет этот бот и как им пользоваться', options: {} },
};

export const actions: Messages['actions'] = {
  cancel: { label: 'Отменить' },
  cancelAll: { label: 'Отменить все' },
  again: { label: 'Ещё раз', help: 'ещё один вариант' },
  edit: {
    label: 'Другая сцена',
    help: 'вариант с другими словами',
    title: 'Другая сцена',
    question: 'Что должно произойти вместо этого?',
  },
  crop: { label: 'Обрезать' },
  shorten: { label: 'Сцена короче' },
  picture: {
    label: 'Другая картинка',
    title: 'Другая картинка',
    question: 'Какую картинку взять вместо этой?',
  },
  star: {
    label: '⭐',
    help: 'звезда; клипы со звездой сохраняются',
    counted: (stars) => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'Звезда поставлена.',
    off: 'Звезда снята.',
  },
  share: { label: 'Поделиться', help: 'показать в другом месте', question: 'Где показать этот клип?' },
  link: {
    label: 'Ссылка',
    help: 'своя страница, для всех, у кого есть адрес',
    text: (url) => `Клип увидят все, у кого есть этот адрес:\n${url}`,
    nowhere: 'Этот бот недоступен снаружи, поэтому своих страниц у его клипов нет.',
  },
  unlink: { label: 'Отозвать ссылку', done: 'Страницы этого клипа больше нет.' },
  copy: {
    label: 'Копию мне',
    nowhere: 'Сначала напиши мне в личку, тогда я смогу прислать туда копию.',
  },
  continue: {
    label: 'Продолжить',
    help: 'продолжает с конца клипа; оба приходят одним',
    title: 'Продолжить клип',
    question: ({ seconds, credits }) =>
      credits > 0 ? `Что дальше? (${seconds} с: ${countedCredits(credits)})` : 'Что дальше?',
    tooLong: (n) => `Продолженный клип длится не больше ${n} секунд, а этот вышел бы длиннее.`,
  },
  loop: {
    label: 'Зациклить',
    help: 'вперёд и назад, чтобы крутить без конца',
    silent: 'Зацикленный клип будет без звука.',
  },
  gif: { label: 'Сохранить как GIF' },
  webp: { label: 'Сохранить как WebP' },
  story: { label: 'История', help: 'все варианты картинки', text: 'Все варианты этой картинки, начиная с первого:' },
  report: {
    label: 'Пожаловаться',
    help: 'сообщить тем, кто ведёт этот чат',
    done: 'Спасибо. Те, кто ведёт этот чат, уже знают и могут убрать клип.',
    own: 'Это твой клип: его уберёт кнопка «Удалить».',
  },
  more: { label: 'Ещё', text: 'Что сделать с этим клипом?' },
  show: { label: 'Показать здесь' },
  delete: { label: 'Удалить', help: 'убрать клип' },
  details: { label: 'Подробнее', help: 'сид, цена и время' },
  retry: { label: 'Попробовать снова' },
  leave: { label: 'Оставить' },
};

export const help: Messages['help'] = {
  intro: 'Из картинки и строчки текста получается клип на несколько секунд: «набегают волны, медленный зум».',
  command: (name, description) => `/${name}: ${description}`,
  under: 'Под клипом:',
  action: (label, does) => `${label}: ${does}`,
  pictures: (maxMegabytes, minSide) =>
    `Картинки: JPEG, PNG, WebP, HEIC или AVIF, до ${maxMegabytes} МБ, каждая сторона не меньше ${minSide} пикселей.`,
  free: 'Клипы здесь — превью без ИИ: камера движется по картинке. Они бесплатны.',
  paid: (credits) => `Клип стоит владельцу этого бота ${countedCredits(credits)}.`,
};
