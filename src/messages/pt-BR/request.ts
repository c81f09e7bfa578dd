import type { Messages } from '../en/index.ts';
import { about, countedClips, countedCredits, number } from './say.ts';

const ENDS_AT_MIDNIGHT = 'Renova à meia-noite UTC.';
const SHARED = 'Quem escreve aqui como canal ou como grupo';
const inProgress = (n: number): string => `${countedClips(n)} em andamento`;

export const request: Messages['request'] = {
  noScene: 'Diga o que deve acontecer na imagem, por exemplo “as ondas chegam, zoom lento”.',
  sceneTooLong: (found, most) => `A cena é longa demais (${number(found)} caracteres). Use até ${number(most)}.`,
  notAllowed: ({ here, person, manages }) => {
    const named = 'Este bot só faz clipes para os lugares e as pessoas da lista dele.';
    if (manages)
      return `${named} Se é você quem cuida dele: adicione ALLOW=${here} para todo mundo aqui, ou ALLOW=${person} só para você.`;
    const ids = here === person ? person : `${person} (você), ou ${here} (todo mundo aqui)`;
    return `${named} Mande isto, para ALLOW, a quem cuida dele: ${ids}.`;
  },
  budgetSpent: `O orçamento de hoje para clipes acabou. ${ENDS_AT_MIDNIGHT} Este não custou nada.`,
  personHadEnough: (clips, { isShared }) =>
    isShared
      ? `${SHARED} já pediu, ao todo, ${countedClips(clips)} hoje. Escreva com a sua própria conta, ou depois da meia-noite UTC.`
      : `Você já pediu ${countedClips(clips)} hoje. ${ENDS_AT_MIDNIGHT}`,
  tooManyWaiting: (clips, { isShared }) =>
    isShared
      ? `${SHARED} já tem, ao todo, ${inProgress(clips)}. Escreva com a sua própria conta, ou peça outro quando um ficar pronto.`
      : `Você já tem ${inProgress(clips)}. Peça outro quando um ficar pronto.`,
  chatHadEnough: (clips) => `Este chat já teve ${countedClips(clips)} hoje. ${ENDS_AT_MIDNIGHT}`,
  chatTooManyWaiting: (clips) => `Este chat já tem ${inProgress(clips)}. Peça outro quando um ficar pronto.`,
  left: {
    person: (clips, { isShared }) => {
      if (clips > 0) return `${isShared ? SHARED : 'Você'} ainda pode pedir ${countedClips(clips)} hoje.`;
      return isShared
        ? 'Esse foi o último clipe de hoje para quem escreve aqui como canal ou como grupo.'
        : 'Esse foi o seu último clipe de hoje.';
    },
    chat: (clips) =>
      clips === 0
        ? 'Esse foi o último clipe de hoje neste chat.'
        : `Este chat ainda pode pedir ${countedClips(clips)} hoje.`,
    budget: (clips) =>
      clips === 0
        ? 'Esse foi o último clipe do orçamento de hoje.'
        : `O orçamento de hoje ainda dá para ${countedClips(clips)}.`,
  },
  fewerTakes: (most, takes) =>
    `Você pediu ${takes} versões, e agora só há lugar para ${countedClips(most)}. Peça menos versões, ou tente mais tarde.`,
  takesCost: (takes, cost) => `${takes} versões custam ${countedCredits(cost)}.`,
  tooManyShown: (clips) => `Você acabou de mostrar ${countedClips(clips)}. Mostre o próximo em um minuto.`,
  tooManyConverted: 'Vários clipes estão virando outros arquivos agora. Peça de novo em um minuto.',
  tooManyReported: 'Você acabou de denunciar vários clipes. Denuncie o próximo em um minuto.',
  diskNearlyFull:
    'O disco da máquina que roda este bot está quase cheio, então não aceito pedidos. Tente mais tarde, ou avise quem cuida dele.',
  moderationPause: (ms) =>
    `O serviço recusou vários pedidos seus pelas regras de conteúdo dele. Você pode pedir de novo em ${about(ms)}.`,
  tooLate: 'Tarde demais: este clipe já está pronto.',
  notYours: 'Só quem pediu este clipe pode fazer isso.',
  gone: 'Este clipe não está mais aqui.',
  bothGone: 'A outra imagem deste pedido também não está aqui. Peça o clipe de novo, com as duas imagens.',
  cancelHeard: 'Combinado. A própria mensagem dele diz como termina.',
  nothingToCancel: 'Nenhum clipe seu está sendo feito aqui.',
  cancelWhich: 'Vários clipes seus estão sendo feitos aqui. Qual eu paro?',
  coveredScene: (ageMs) => `uma cena oculta, pedida há ${about(ageMs)}`,
  noDoubt: 'Isso já está resolvido.',
  retrying: 'Tentando de novo.',
  leaving: 'Fica assim.',
  underWay: 'Este clipe ainda está sendo feito: cancele primeiro, ou espere ficar pronto.',
  takesBegin: 'As outras versões mal começaram, com a imagem desta. Tente de novo daqui a pouco.',
  deleted: 'Apagado.',
  deletedBefore: 'O que você pediu aqui foi apagado. Para outro clipe, mande a imagem de novo.',
};
