import type { Messages } from '../en/index.ts';
import { failuresIn } from '../failures.ts';
import { picture } from './pictures.ts';

export const failure: Messages['failure'] = failuresIn({
  gap: ' ',
  picture,
  unspent: 'No se gastó nada.',
  perhapsSpent: 'Puede que haya costado un crédito.',
  saying: (reason) => `Dice: “${reason}”.`,
  moderation: {
    scene: {
      what: 'El servicio rechazó las palabras de la escena por sus reglas de contenido.',
      todo: 'Prueba con otras palabras.',
    },
    picture: {
      what: 'El servicio rechazó la imagen por sus reglas de contenido.',
      todo: 'Prueba con otra imagen.',
    },
    either: {
      what: 'El servicio rechazó la escena o la imagen por sus reglas de contenido.',
      todo: 'Prueba con otras palabras u otra imagen.',
    },
  },
  'bad-input': {
    scene: { what: 'El servicio no aceptó las palabras de la escena.', todo: 'Prueba con una escena más corta.' },
    picture: { what: 'El servicio no aceptó la imagen.', todo: 'Prueba con otra imagen.' },
    either: { what: 'El servicio no aceptó este pedido.', todo: 'Prueba con una escena más corta u otra imagen.' },
  },
  'try-another': { what: 'El servicio no pudo hacer nada con esto.', todo: 'Prueba con otra imagen u otra escena.' },
  noMoreClips: {
    what: 'El servicio no acepta más clips de este bot por ahora.',
    todo: 'Pregunta a quienes manejan el bot.',
  },
  transient: { what: 'El servicio estuvo sin responder demasiado tiempo.', todo: 'Prueba otra vez más tarde.' },
  'picture-gone': { what: 'No pude traer la imagen: la borraron, o su enlace caducó.', todo: 'Envíala otra vez.' },
  'last-gone': {
    what: 'No pude traer la última imagen: la borraron, o su enlace caducó.',
    todo: 'Envíala otra vez.',
  },
  'job-gone': { what: 'El servicio perdió este pedido a medio camino.', todo: 'Prueba otra vez.' },
  deadline: { what: 'El servicio no terminó a tiempo.', todo: 'Prueba otra vez más tarde.' },
  'clip-unfetched': {
    what: 'El servicio hizo tu clip, pero no pude traerlo de ahí.',
    todo: 'Quienes manejan el bot verán la causa en su registro.',
  },
  undeliverable: 'Tu clip está listo, pero no se pudo enviar aquí.',
  doubt: 'Nadie sabe si el servicio aceptó este pedido, así que lo dejé como está.',
  'disk-full': {
    what: 'El disco del equipo donde corre este bot está lleno.',
    todo: 'Prueba otra vez cuando haya espacio en él.',
  },
  broken: { what: 'Algo anda mal en este bot, no en tu pedido.', todo: 'Su registro dice más.' },
});
