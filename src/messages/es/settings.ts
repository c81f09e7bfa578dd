import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';
import { counted, number } from './say.ts';

export const settings: Messages['settings'] = {
  title: {
    server: 'Ajustes de este servidor',
    chat: 'Ajustes de este chat',
    own: 'Tus ajustes aquí',
  },
  rows: {
    isOn: { label: 'Hacer clips aquí' },
    language: { label: 'Idioma', hint: 'De todo lo que digo aquí', unset: 'el propio' },
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
    duration: { label: 'Duración', values: commands.animate.options.duration.choices },
    isCovered: { label: 'Ocultar todos los clips', hint: 'Las imágenes y los clips se ven al tocarlos' },
    reply: {
      label: 'Dónde llegan los clips',
      values: { thread: 'en un hilo de su tarjeta', reply: 'en respuesta a su tarjeta' },
    },
    perPerson: {
      label: 'Clips al día por persona',
      hint: 'En cada chat o canal; los que no cuestan nada no cuentan',
      unset: 'sin límite',
    },
    perChat: {
      label: 'Clips al día en total',
      hint: 'En cada chat o canal; los que no cuestan nada no cuentan',
      unset: 'sin límite',
    },
    roles: { label: 'Quién puede pedir clips', hint: 'Quienes tengan uno de estos roles', unset: 'todo el mundo' },
    channels: {
      label: 'Dónde se pueden pedir clips',
      hint: 'Los hilos cuentan como su canal',
      unset: 'en todas partes',
    },
    toGallery: {
      label: 'A la galería de este bot',
      hint: 'Ahí se muestran los clips hechos aquí que recibieron muchas estrellas',
    },
    gallery: {
      label: 'Galería de este servidor',
      hint: 'Los clips hechos aquí con muchas estrellas también se muestran en este canal',
      unset: 'ninguna',
    },
    starsNeeded: { label: 'Estrellas para llegar a la galería' },
  },
  switches: { on: 'sí', off: 'no' },
  several: {
    roles: (n) => counted(n, { one: 'rol', other: 'roles' }),
    channels: (n) => counted(n, { one: 'lugar', other: 'lugares' }),
  },
  asUsual: (value) => (value === undefined ? 'por defecto' : `por defecto (${value})`),
  line: (label, shown) => `${label}: ${shown}`,
  now: (shown) => `Ahora: ${shown}`,
  chosen: (label) => `✓ ${label}`,
  range: (min, max) => `De ${number(min)} a ${number(max)}; vacío: por defecto`,
  choose: '¿Qué quieres cambiar?',
  change: 'Cambiar',
  back: 'Volver',
  alsoHere: 'También en este tema',
  onlyHere: 'Solo en este tema',
  notHereAnyMore: 'Ya no en este tema',
  lately: 'Últimos cambios',
  changed: ({ who, what, to, ago }) => `${who}: ${what}, ${to} (${ago})`,

  notYours: 'Eso solo lo pueden hacer quienes administran este chat.',
  unknown: 'Ese ajuste ya no existe. Escribe /settings y verás los que hay.',
  wrong: (label) => `“${label}” no acepta ese valor. Elige otro.`,
  switchedOff: 'Quienes administran este chat desactivaron los clips aquí.',
  notHere: 'Aquí no se pueden pedir clips. Quienes administran este chat pueden decirte dónde.',
  noRole: 'Aquí los clips son solo para algunos roles. Quienes administran este servidor pueden decirte cuáles.',
};
