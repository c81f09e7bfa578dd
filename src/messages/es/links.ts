import type { Messages } from '../en/index.ts';

export const links: Messages['links'] = {
  title: (scene) => `${scene} · Kinora`,
  by: 'de',
  clip: (scene) => `Clip: ${scene}`,
  covered: 'Este clip está oculto. Toca aquí para verlo.',
  save: 'Guardar el clip',
  made: 'Una imagen fija que cobró vida con Kinora',
  gone: 'Este clip ya no está aquí',
  goneWhy: 'Quitaron su enlace, borraron el clip, o la dirección no está completa.',
  tooMany: (waitMs) =>
    `Se están viendo demasiados clips desde tu red. Prueba otra vez en ${Math.ceil(waitMs / 1000)} s.`,
  badOEmbed: 'Pide con url=<la dirección de un clip>, y format=json.',
  notNow: 'No funcionó esta vez',
};
