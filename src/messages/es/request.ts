import type { Messages } from '../en/index.ts';
import { about, countedClips, countedCredits, number, plural } from './say.ts';

const ENDS_AT_MIDNIGHT = 'Se renueva a la medianoche UTC.';
const SHARED = 'Quienes escriben aquí como canal o como grupo';
const inProgress = (n: number): string => `${countedClips(n)} en curso`;

export const request: Messages['request'] = {
  noScene: 'Di qué quieres que pase en la imagen, por ejemplo “llegan las olas, zoom lento”.',
  sceneTooLong: (found, most) =>
    `La escena es demasiado larga (${number(found)} caracteres). Usa ${number(most)} como máximo.`,
  notAllowed: ({ here, person, manages }) => {
    const named = 'Este bot solo hace clips para los lugares y personas de su lista.';
    if (manages)
      return `${named} Si tú lo manejas: agrega ALLOW=${here} para todo el mundo aquí, o ALLOW=${person} solo para ti.`;
    const ids = here === person ? person : `${person} (tú), o ${here} (todo el mundo aquí)`;
    return `${named} Envía esto, para ALLOW, a quienes lo manejan: ${ids}.`;
  },
  budgetSpent: `El presupuesto de hoy para clips se acabó. ${ENDS_AT_MIDNIGHT} Este no costó nada.`,
  personHadEnough: (clips, { isShared }) =>
    isShared
      ? `${SHARED} ya pidieron en total ${countedClips(clips)} hoy. Escribe con tu propia cuenta, o después de la medianoche UTC.`
      : `Ya pediste ${countedClips(clips)} hoy. ${ENDS_AT_MIDNIGHT}`,
  tooManyWaiting: (clips, { isShared }) =>
    isShared
      ? `${SHARED} ya tienen en total ${inProgress(clips)}. Escribe con tu propia cuenta, o pide otro cuando termine uno.`
      : `Ya tienes ${inProgress(clips)}. Pide otro cuando termine uno.`,
  chatHadEnough: (clips) => `Este chat ya tuvo ${countedClips(clips)} hoy. ${ENDS_AT_MIDNIGHT}`,
  chatTooManyWaiting: (clips) => `Este chat ya tiene ${inProgress(clips)}. Pide otro cuando termine uno.`,
  left: {
    person: (clips, { isShared }) => {
      if (clips > 0) return `${isShared ? `A ${SHARED.toLowerCase()} les` : 'Te'} ${remain(clips)} hoy.`;
      return isShared
        ? `Ese fue el último clip de hoy para ${SHARED.toLowerCase()}.`
        : 'Ese fue tu último clip de hoy.';
    },
    chat: (clips) =>
      clips === 0 ? 'Ese fue el último clip de hoy en este chat.' : `A este chat le ${remain(clips)} hoy.`,
    budget: (clips) =>
      clips === 0
        ? 'Ese fue el último clip del presupuesto de hoy.'
        : `El presupuesto de hoy alcanza para ${countedClips(clips)} más.`,
  },
  fewerTakes: (most, takes) =>
    `Pediste ${takes} tomas, y ahora hay lugar para ${countedClips(most)} más. Pide menos tomas, o prueba más tarde.`,
  takesCost: (takes, cost) => `${takes} tomas cuestan ${countedCredits(cost)}.`,
  tooManyShown: (clips) => `Acabas de mostrar ${countedClips(clips)}. Muestra el siguiente en un minuto.`,
  tooManyConverted: 'Se están convirtiendo varios clips a otros archivos. Pídelo otra vez en un minuto.',
  tooManyReported: 'Acabas de reportar varios clips. Reporta el siguiente en un minuto.',
  diskNearlyFull:
    'El disco del equipo donde corre este bot está casi lleno, así que no acepto pedidos. Prueba más tarde, o avisa a quienes lo manejan.',
  moderationPause: (ms) =>
    `El servicio rechazó varios de tus pedidos por sus reglas de contenido. Puedes volver a pedir en ${about(ms)}.`,
  tooLate: 'Ya es tarde: este clip está listo.',
  notYours: 'Eso solo lo puede hacer quien pidió este clip.',
  gone: 'Este clip ya no está aquí.',
  bothGone: 'La otra imagen de este pedido tampoco está aquí. Pide el clip de nuevo, con las dos imágenes.',
  cancelHeard: 'De acuerdo. En su propio mensaje verás cómo termina.',
  nothingToCancel: 'Aquí no se está haciendo ningún clip tuyo.',
  cancelWhich: 'Aquí se están haciendo varios clips tuyos. ¿Cuál detengo?',
  coveredScene: (ageMs) => `una escena oculta, pedida hace ${about(ageMs)}`,
  noDoubt: 'Esto ya está resuelto.',
  retrying: 'Lo intento otra vez.',
  leaving: 'Se queda así.',
  underWay: 'Este clip todavía se está haciendo: cancélalo primero, o espera a que esté listo.',
  takesBegin: 'Las otras tomas apenas empiezan, con la imagen de esta. Prueba otra vez en un momento.',
  deleted: 'Borrado.',
  deletedBefore: 'Lo que pediste aquí se borró. Para otro clip, envía la imagen de nuevo.',
};

/** "quedan 3 clips". */
function remain(clips: number): string {
  return `${plural(clips, { one: 'queda', other: 'quedan' })} ${countedClips(clips)}`;
}
