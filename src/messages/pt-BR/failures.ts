import type { Messages } from '../en/index.ts';
import { failuresIn } from '../failures.ts';
import { picture } from './pictures.ts';

export const failure: Messages['failure'] = failuresIn({
  gap: ' ',
  picture,
  unspent: 'Nada foi gasto.',
  perhapsSpent: 'Pode ter custado um crédito.',
  saying: (reason) => `Ele diz: “${reason}”.`,
  moderation: {
    scene: {
      what: 'O serviço recusou as palavras da cena pelas regras de conteúdo dele.',
      todo: 'Tente outras palavras.',
    },
    picture: {
      what: 'O serviço recusou a imagem pelas regras de conteúdo dele.',
      todo: 'Tente outra imagem.',
    },
    either: {
      what: 'O serviço recusou a cena ou a imagem pelas regras de conteúdo dele.',
      todo: 'Tente outras palavras ou outra imagem.',
    },
  },
  'bad-input': {
    scene: { what: 'O serviço não aceitou as palavras da cena.', todo: 'Tente uma cena mais curta.' },
    picture: { what: 'O serviço não aceitou a imagem.', todo: 'Tente outra imagem.' },
    either: { what: 'O serviço não aceitou este pedido.', todo: 'Tente uma cena mais curta ou outra imagem.' },
  },
  'try-another': { what: 'O serviço não conseguiu fazer nada com isto.', todo: 'Tente outra imagem ou outra cena.' },
  noMoreClips: { what: 'O serviço não aceita mais clipes deste bot no momento.', todo: 'Fale com quem cuida do bot.' },
  transient: { what: 'O serviço ficou tempo demais sem responder.', todo: 'Tente de novo mais tarde.' },
  'picture-gone': {
    what: 'Não deu para buscar a imagem: ela foi apagada, ou o link dela expirou.',
    todo: 'Mande de novo.',
  },
  'last-gone': {
    what: 'Não deu para buscar a última imagem: ela foi apagada, ou o link dela expirou.',
    todo: 'Mande de novo.',
  },
  'job-gone': { what: 'O serviço perdeu este pedido no meio do caminho.', todo: 'Tente de novo.' },
  deadline: { what: 'O serviço não terminou a tempo.', todo: 'Tente de novo mais tarde.' },
  'clip-unfetched': {
    what: 'O serviço fez o seu clipe, mas não deu para buscar de lá.',
    todo: 'Quem cuida do bot encontra a causa no log.',
  },
  undeliverable: 'Seu clipe está pronto, mas não deu para enviar aqui.',
  doubt: 'Ninguém sabe se o serviço aceitou este pedido, então ele ficou como está.',
  'disk-full': {
    what: 'O disco da máquina que roda este bot está cheio.',
    todo: 'Tente de novo quando houver espaço.',
  },
  broken: { what: 'Algo está errado com este bot, não com o seu pedido.', todo: 'O log dele diz mais.' },
});
