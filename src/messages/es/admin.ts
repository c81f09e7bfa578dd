import type { Messages } from '../en/index.ts';
import { briefly, listedShortly } from '../shared.ts';
import { ago, counted, countedClips, countedCredits, number, plural, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join(', ');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line} y ${more} más`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id} “${briefly(scene)}” para ${person}`;

const STEPS = { waiting: 'espera', rendering: 'renderizado', delivering: 'entrega' };

type Week = Parameters<Messages['admin']['weekly']>[0]['week'];
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)} para ${counted(people, { one: 'persona', other: 'personas' })}, ${countedCredits(credits)} en gastos, ${counted(failed, { one: 'fallido', other: 'fallidos' })}`;

export const admin: Messages['admin'] = {
  notYours: 'No conozco ese comando. Escribe /help y verás los que conozco.',
  today: (o) =>
    `Hoy (UTC): ${o.isMore ? 'más de ' : ''}${countedClips(o.asked)} ${plural(o.asked, { one: 'pedido', other: 'pedidos' })}, ${counted(o.delivered, { one: 'entregado', other: 'entregados' })}, ${counted(o.failed, { one: 'fallido', other: 'fallidos' })}, ${counted(o.cancelled, { one: 'cancelado', other: 'cancelados' })}, ${number(o.underWay)} en curso`,
  spent: ({ credits, budget }) =>
    `Gastado o comprometido hoy: ${countedCredits(credits)}${budget === undefined ? ', sin presupuesto' : ` de ${number(budget)}`}`,
  failures: (classes) =>
    classes.length === 0 ? '' : `Fallos: ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps) =>
    steps.length === 0
      ? ''
      : `Lo más lento: ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)} (${id})`))}`,
  oldest: (tasks) => (tasks.length === 0 ? '' : `En curso desde hace más tiempo: ${listed(tasks.map(brief))}`),
  lastFailed: (tasks) => (tasks.length === 0 ? '' : `Últimos fallos: ${listed(tasks.map(brief))}`),
  waits: (o) =>
    `En espera: ${o.queued} por empezar, ${o.ready} por enviar, ${o.doubtful} a falta de que alguien responda`,
  key: (o) =>
    `Clave ${o.name} (${o.provider}): ${o.leftMs === undefined ? 'en uso' : `en reposo por ${span(o.leftMs)} (${o.reason})`}`,
  weekly: ({ week, before }) =>
    [
      `Tu bot en los últimos siete días: ${weekInWords(week)}.`,
      ...(before ? [`En los siete días anteriores: ${weekInWords(before)}.`] : []),
    ].join('\n'),
  isPaused: 'En pausa: no empieza nada nuevo. Con /admin resume se sigue.',
  lists: ({ blocked, refused }) =>
    [
      ...(blocked.length > 0 ? [`Personas bloqueadas: ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`Palabras rechazadas: ${someOf(refused)}`] : []),
    ].join('\n'),
  moreKeys: (n) => `y ${counted(n, { one: 'clave', other: 'claves' })} más`,
  moreChanges: (n) => `y ${counted(n, { one: 'cambio anterior', other: 'cambios anteriores' })}`,
  changed: (o) => `${o.who}: ${o.what} ${o.isOn ? 'sí' : 'no'}, ${ago(o.agoMs)}`,
  paused: {
    on: 'En pausa: los pedidos se aceptan y esperan, y no empieza nada nuevo. Con /admin resume se sigue.',
    off: 'Seguimos.',
  },
  blocked: {
    on: (person) => `Ya no se hacen clips para ${person}.`,
    off: (person) => `${person} puede volver a pedir clips.`,
  },
  refused: {
    on: (word) => `Se rechazan las escenas con “${word}”.`,
    off: (word) => `Se vuelven a aceptar las escenas con “${word}”.`,
  },
  tooMany: 'Ya hay demasiadas personas y palabras en estas listas. Quita algunas primero.',
  noTask: 'No existe esa tarea. Da su ID, o el final tal como lo muestra /admin.',
  retried: (name) => `Se hace otra vez para ${name}, y llega adonde se pidió.`,
  noStanding:
    'Los ajustes de su chat piden roles o canales, y ahora no puedo consultarlos. Prueba otra vez en un momento.',
  noPerson:
    'Indica a la persona por plataforma y número, como discord:123456789012345678, o por el ID de una de sus tareas.',
  noWord: (most) => `Da una palabra o frase de ${most} caracteres como máximo.`,
  noKey: 'No existe esa clave, o hay varias. Da al menos los cuatro primeros caracteres que muestra /admin.',
  keyParked: (key) => `La clave ${key} queda en reposo por un día, o hasta /admin free ${key}.`,
  keyFreed: (key) => `La clave ${key} se usa otra vez.`,
  inPrivate: 'Escríbemelo en privado: nadie más debería leer la respuesta.',
  blockedPerson: 'Quienes manejan este bot no hacen clips para ti. Si crees que es un error, pregúntales.',
  refusedScene: 'Quienes manejan este bot rechazan algunas palabras, y esta escena tiene una. Dilo con otras.',
};
