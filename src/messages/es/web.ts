import type { Messages } from '../en/index.ts';
import { about } from './say.ts';

export const web: Messages['web'] = {
  off: (why) =>
    `El chat web está apagado (${why}) y no hay contraseña. Define WEB_PASSWORD (8 caracteres o más) para encenderlo.`,
  elsewhere: 'Este proceso atiende pedidos y no tiene chat web: lo tiene un gateway (ROLE=gateway o all).',
  notThisHost:
    'El bot no contesta en esta dirección. Ábrelo donde dijo que escucha, o pon esta dirección en PUBLIC_URL.',
  proxied: 'Esto llegó por un proxy. Pon en PUBLIC_URL la dirección que usa la gente, y define WEB_PASSWORD.',
  foreign:
    'Esto llegó desde otro sitio, así que no hice nada. Abre el bot mismo; detrás de un proxy, PUBLIC_URL tiene que ser su dirección.',
  noOrigin: 'Di con una cabecera Origin de dónde viene esto: la dirección de este bot.',
  locked: 'Primero inicia sesión.',
  password: 'Contraseña',
  wrongPassword: 'Esa no es la contraseña.',
  tooManyTries: (waitMs) => `Demasiadas contraseñas equivocadas. Prueba otra vez en ${about(waitMs)}.`,
  badKey: 'El pedido necesita una clave de 8 a 64 letras, cifras o “-”.',
  badLastAt: 'lastAt dice en qué byte de los datos empieza la última imagen: un número entero.',
  badBody: 'No se entiende el contenido de este pedido.',
  badType: 'Envía la imagen misma, como application/octet-stream.',
  cutOff: 'La imagen no llegó entera. Envíala otra vez.',
  stalled: 'La imagen dejó de llegar. Envíala otra vez.',
  tooSlow: 'La imagen llega demasiado lento. Envíala otra vez con una conexión mejor, o envía una más pequeña.',
  busy: 'Está llegando demasiado a la vez. Prueba otra vez en un momento.',
  tooFast: (waitMs) => `Son muchos clips a la vez. Prueba otra vez en ${about(waitMs)}.`,
  tooManyWindows: 'El bot está abierto en demasiadas ventanas. Cierra algunas y recarga.',
  notFound: 'Aquí no hay nada.',
  noOtherPlace: 'Aquí no hay otro lugar. Comparte el archivo o el enlace.',
  making: (file) => `Haciendo el ${file}`,
  makingLoop: 'Haciendo el bucle',
  recordDown:
    'El bot no puede usar su base de datos por ahora. No se pierde nada de lo que prometió; prueba otra vez más tarde.',
  broken: 'Algo falló aquí, no en tu pedido. Prueba otra vez; el registro del bot dice más.',
};
