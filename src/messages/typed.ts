/**
 * What people type, in the languages that they write captions in, whichever they read. Names of options: each beside the
 * option's own and the one that people read. Accents may be left out.
 */
const NAMES: Readonly<Record<string, string>> = {
  motion: 'motion bewegung movimiento movimento mouvement движение 動き',
  seed: 'seed startwert semilla semente graine сид シード',
  duration: 'duration length dauer länge duración duração durée длительность длина 長さ',
  model: 'model modell modelo modèle модель モデル',
  sound: 'sound ton sonido som son звук 音',
  frame: 'frame einzelbild fotograma quadro place кадр コマ',
  shape: 'shape form forma formato forme format форма формат 形 縦横比',
  // The clip's shape was none to choose once, and these were names of the fit: they still are, before its own values.
  fit: 'fit anpassung ajuste cadrage подгонка 合わせ方 shape form forma formato forme format форма формат 形',
  takes: 'takes versionen tomas versões prises versions варианты дубли テイク',
};

/** Values beside an option's own: ratios, and what people read in their languages. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shape: {
    auto: 'automatic automatisch automático automática automatique автоматически авто 自動',
    wide: '16:9 breit ancho largo large широкий ワイド',
    tall: '9:16 hoch vertical alto вертикальный высокий 縦長',
    square: '1:1 quadratisch quadrat cuadrado quadrado carré квадратный квадрат 正方形',
    landscape: '4:3 quer apaisado paisagem paysage альбомный 横',
    portrait: '3:4 hochkant retrato портретный 縦',
    ultrawide: '21:9 extrabreit panorámico panorâmico panoramique панорамный 超ワイド',
  },
};

/** Units behind a number, by the one that the option has. */
const UNITS: Readonly<Record<string, string>> = {
  s: 's sec secs second seconds sek sekunde sekunden seg segundo segundos seconde secondes с сек секунда секунды секунд 秒',
};

/** Said in place of a scene. */
const BY_ITSELF = [
  ...['by itself', 'von selbst', 'por sí solo', 'por sí sola', 'por si só', 'sozinho', 'sozinha'],
  ...['tout seul', 'toute seule', 'сам по себе', 'сама по себе', 'само по себе', 'おまかせ'],
];

/** Begins words that say of two pictures how it goes from the first to the second; `|` between those for one place. */
const FROM_TO: readonly (readonly [from: string, to: string])[] = [
  ['from', 'to|into|till|until'],
  ['von|vom', 'zu|zum|zur|bis|nach|auf|in'],
  ['de|del|desde', 'a|al|hasta'],
  ['de|do|da|dos|das|desde', 'a|ao|à|até|para'],
  ['de|du|des|depuis', 'à|au|aux|jusqu'],
  ['от|из|с|со', 'к|ко|до|в|во|на'],
];
const [BEFORE, AFTER] = ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'];
const GOES = FROM_TO.map(([from, to]) => `^(?:${from})${AFTER}.+${BEFORE}(?:${to})${AFTER}`);
/** Japanese has no spaces, and an arrow no language. */
const FROM_ONE_TO_OTHER = new RegExp([...GOES, 'から.+(?:へ|まで|に)', '→|->'].join('|'), 'isu');

/** Whether words beside two pictures say that the clip goes from the first to the second: "from day to night", "day → night". */
export const saysFromTo = (text: string): boolean => FROM_ONE_TO_OTHER.test(text.trim());

/** Without accents and capitals: "Länge" and "lange" are the same name. */
export const plainly = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

const eachInWords = (lists: Readonly<Record<string, string>>): Map<string, readonly string[]> =>
  new Map(Object.entries(lists).map(([name, list]) => [name, list.split(' ').map(plainly)]));
const [TYPED_NAMES, TYPED_UNITS] = [eachInWords(NAMES), eachInWords(UNITS)];

/** Names under which an option may be typed, as `plainly` has them. */
export const typedNames = (option: string): readonly string[] => TYPED_NAMES.get(option) ?? [];

/** Whether a word that was typed is a value of an option. */
export const isTyped = (word: string, option: string, value: string | number): boolean =>
  [String(value), ...(VALUES[option]?.[value]?.split(' ') ?? [])].map(plainly).includes(plainly(word));

/** Whether a text is no scene, but says that the picture may move as it likes. */
export const isByItself = (text: string): boolean =>
  /^[-–—]$/.test(text.trim()) || BY_ITSELF.map(plainly).includes(plainly(text).replace(/^\s+|[\s.!]+$/g, ''));

/** Units that may be typed, as `plainly` has them. */
export const typedUnits = (unit: string): readonly string[] => TYPED_UNITS.get(unit) ?? [plainly(unit)];
