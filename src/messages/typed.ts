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
  fit: 'fit shape form forma formato forme format форма 形',
  takes: 'takes versionen tomas versões prises versions варианты дубли テイク',
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

/** Without accents and capitals: "Länge" and "lange" are the same name. */
export const plainly = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

const eachInWords = (lists: Readonly<Record<string, string>>): Map<string, readonly string[]> =>
  new Map(Object.entries(lists).map(([name, list]) => [name, list.split(' ').map(plainly)]));
const [TYPED_NAMES, TYPED_UNITS] = [eachInWords(NAMES), eachInWords(UNITS)];

/** Names under which an option may be typed, as `plainly` has them. */
export const typedNames = (option: string): readonly string[] => TYPED_NAMES.get(option) ?? [];

/** Whether a text is no scene, but says that the picture may move as it likes. */
export const isByItself = (text: string): boolean =>
  /^[-–—]$/.test(text.trim()) || BY_ITSELF.map(plainly).includes(plainly(text).replace(/^\s+|[\s.!]+$/g, ''));

/** Units that may be typed, as `plainly` has them. */
export const typedUnits = (unit: string): readonly string[] => TYPED_UNITS.get(unit) ?? [plainly(unit)];
