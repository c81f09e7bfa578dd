import type { Messages } from '../en/index.ts';
import { stepMinutes } from '../intl.ts';
import { about, number, percent } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  if (minutes === undefined) return 'dentro de algumas horas';
  return minutes === 1 ? 'em menos de um minuto' : `em menos de ${minutes} minutos`;
}

export const status: Messages['status'] = {
  received: 'Olhando a sua imagem',
  queued: (ahead) => {
    if (ahead.more) return `Na fila, com mais de ${number(ahead.count)} na frente`;
    return ahead.count === 0 ? 'Na fila, o próximo' : `Na fila (lugar ${ahead.count + 1})`;
  },
  keysTrouble: (cost) =>
    `O serviço não aceita clipes deste bot no momento. O seu continua sozinho${cost > 0 ? '; nada foi gasto' : ''}.`,
  outage: (o) =>
    `${o.isUnreachable ? 'O serviço não responde.' : 'O serviço está ocupado demais para aceitar clipes.'} Tento de novo ${within(o.leftMs)}${o.cost > 0 ? '; nada foi gasto' : ''}.`,
  unseen: 'O serviço não responde. Seu clipe está sendo feito lá, e chega assim que ele responder.',
  stopping: 'Parando.',
  stoppingPerhaps: 'Parando, se ainda não estiver pronto.',
  submitting: 'Enviando para renderizar',
  waiting: 'Esperando a vez de renderizar',
  rendering: (progress, leftMs) => {
    const shown = progress === undefined ? 'Renderizando' : `Renderizando, ${percent(progress)}`;
    return leftMs === undefined ? shown : `${shown}, pronto em ${about(leftMs)}`;
  },
  paused: 'Quem cuida deste bot colocou ele em pausa. Seu clipe continua sozinho depois.',
  late: 'Renderizando, e demorando mais que o normal. Continuo de olho.',
  unconfirmed: 'O serviço não respondeu. Estou vendo se ele aceitou o pedido.',
  ready: 'Enviando o seu clipe',
  delivered: 'Pronto',
  failed: 'Não deu certo',
  cancelled: 'Cancelado',
};
