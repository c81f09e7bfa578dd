import type { Messages } from '../en/index.ts';
import { counted, number, span } from './say.ts';

export const confirm: Messages['confirm'] = {
  over: 'Esta pregunta ya es vieja, o ya tiene respuesta. Escribe el comando otra vez.',
  notYours: 'Esta pregunta era para otra persona.',
};

export const privacy: Messages['privacy'] = (kept) =>
  [
    'Qué guardo de ti, y por cuánto tiempo:',
    `• Pedidos: tu imagen y tus palabras, tu nombre y tu ID, dónde lo pediste, y el clip. Se van ${span(kept.keepMs)} después de terminado el clip; si tiene una estrella, se quedan mientras la tenga.`,
    kept.service === undefined
      ? '• Los clips se hacen en este equipo: nadie más recibe nada de ellos.'
      : `• Los clips los hace ${kept.service}, que recibe la imagen y las palabras, y nada sobre ti.`,
    '• Lo demás que cuenta el archivo de una imagen, como dónde se tomó, nunca sale de aquí.',
    '• Estrellas: tu ID junto al clip, hasta que quites la estrella o se vaya el clip.',
    kept.hasLinks
      ? '• Enlaces: un clip tiene página propia solo si la pides, o si el chat no admite el clip, hasta que la quites o se vaya el clip.'
      : '• Aquí los clips no tienen página en la web.',
    '• Preguntas, formularios y listas abiertos: un día. De los /settings de un chat, los últimos diez cambios y quién los hizo.',
    `• Lo que se gastó: números, con tu ID y el chat solo como hash, por ${span(kept.spendMs)}.`,
    '• Mis mensajes se quedan en el chat hasta que alguien los borre. “Borrar”, debajo de un clip, lo quita de todas partes.',
    'Con /export recibes tus pedidos y estrellas, y con /forget se van. Solo queda lo que se gastó, y un bloqueo de quienes manejan este bot, con tu ID.',
  ].join('\n');

export const forget: Messages['forget'] = {
  label: 'Olvídame',
  asYourself: 'Escribe con tu propia cuenta, no como canal ni como grupo, para que sepa a quién olvidar.',
  question: ({ isOnePerson, stays = '' }) =>
    isOnePerson
      ? 'Esta página no sabe quién es quién, así que se va para siempre todo lo que se hizo aquí, sin importar quién lo pidió: imágenes, pedidos y clips, también con estrella, sus enlaces, las estrellas que se dieron aquí y los ajustes de aquí. Lo que se está haciendo se detiene. Lo que se gastó queda un tiempo como número, porque los límites lo cuentan.'
      : [
          '¿Olvido todo lo tuyo, en todos los chats?',
          'Se van para siempre tus imágenes, tus pedidos y clips, también con estrella, sus enlaces, los clips que otras personas hicieron con tus imágenes, las estrellas que diste y tus propios ajustes. Lo que se está haciendo se detiene.',
          `Mis mensajes con tus clips también se van. ${stays}`.trim(),
          'Lo que ajustaste en un chat queda sin tu nombre; lo que se gastó queda un tiempo como número, sin tu nombre, porque los límites lo cuentan; y un bloqueo de quienes manejan este bot se queda.',
        ].join('\n'),
  done: 'De acuerdo. En uno o dos minutos estará hecho; si todavía hay que detener un servicio, en diez.',
};

export const exported: Messages['exported'] = {
  text: (clips) =>
    `Lo que guardo de ti: ${counted(clips, { one: 'pedido', other: 'pedidos' })}, del más nuevo al más viejo.`,
  cut: (clips) => `Hay más de ${number(clips)}; faltan los más viejos.`,
  nothing: 'No tengo pedidos ni estrellas de ti.',
  asYourself: 'Escribe con tu propia cuenta, no como canal ni como grupo, para que sepa qué es tuyo.',
  tooSoon: 'Acabas de pedirlo. Pídelo otra vez en un minuto.',
};
