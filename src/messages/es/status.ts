import type { Messages } from '../en/index.ts';
import { stepMinutes } from '../intl.ts';
import { about, number, percent } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  if (minutes === undefined) return 'dentro de unas horas';
  return minutes === 1 ? 'en menos de un minuto' : `en menos de ${minutes} minutos`;
}

export const status: Messages['status'] = {
  received: 'Mirando tu imagen',
  queued: (ahead) => {
    if (ahead.more) return `En la cola, con más de ${number(ahead.count)} por delante`;
    return ahead.count === 0 ? 'En la cola, el siguiente' : `En la cola (puesto ${ahead.count + 1})`;
  },
  keysTrouble: (cost) =>
    `El servicio no acepta clips de este bot por ahora. El tuyo continúa por sí solo${cost > 0 ? '; no se gastó nada' : ''}.`,
  outage: (o) =>
    `${o.isUnreachable ? 'El servicio no responde.' : 'El servicio está demasiado ocupado para aceptar clips.'} Lo intento otra vez ${within(o.leftMs)}${o.cost > 0 ? '; no se gastó nada' : ''}.`,
  unseen: 'El servicio no responde. Tu clip se está haciendo ahí, y llega en cuanto conteste.',
  stopping: 'Deteniéndolo.',
  stoppingPerhaps: 'Deteniéndolo, si no está listo ya.',
  submitting: 'Enviándolo a renderizar',
  waiting: 'Esperando turno para renderizar',
  rendering: (progress, leftMs) => {
    const shown = progress === undefined ? 'Renderizando' : `Renderizando, ${percent(progress)}`;
    return leftMs === undefined ? shown : `${shown}, listo en ${about(leftMs)}`;
  },
  paused: 'Quienes manejan este bot lo pusieron en pausa. Tu clip continuará por sí solo.',
  late: 'Renderizando, y tarda más de lo normal. Sigo pendiente.',
  unconfirmed: 'El servicio no contestó. Estoy viendo si aceptó el pedido.',
  ready: 'Enviando tu clip',
  delivered: 'Listo',
  failed: 'No salió',
  cancelled: 'Cancelado',
};
