import type { Failure } from '../../task/failure.ts';
import type { Messages } from '../en/index.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'O serviço não aceita mais clipes deste bot no momento.';
const ASK_OPERATOR = 'Fale com quem cuida do bot.';

export const failure: Messages['failure'] = (f, cost) => {
  const unspent = cost > 0 ? 'Nada foi gasto.' : '';
  const perhapsSpent = cost > 0 ? 'Pode ter custado um crédito.' : '';
  return sentences(partsOf(f, { unspent, perhapsSpent }));
};

const sentences = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function partsOf(f: Failure, { unspent, perhapsSpent }: { unspent: string; perhapsSpent: string }): string[] {
  switch (f.type) {
    case 'bad-picture':
      return [picture(f.picture), unspent];
    case 'moderation':
      return [MODERATION[f.about ?? 'either'].what, saying(f), MODERATION[f.about ?? 'either'].todo];
    case 'bad-input':
      return [BAD_INPUT[f.about ?? 'either'].what, saying(f), BAD_INPUT[f.about ?? 'either'].todo];
    case 'try-another':
      return ['O serviço não conseguiu fazer nada com isto.', saying(f), 'Tente outra imagem ou outra cena.'];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['O serviço ficou tempo demais sem responder.', unspent, 'Tente de novo mais tarde.'];
    case 'undeliverable':
      return ['Seu clipe está pronto, mas não deu para enviar aqui.'];
    case 'picture-gone':
      return ['Não deu para buscar a imagem: ela foi apagada, ou o link dela expirou.', unspent, 'Mande de novo.'];
    case 'job-gone':
      return ['O serviço perdeu este pedido no meio do caminho.', perhapsSpent, 'Tente de novo.'];
    case 'deadline':
      return ['O serviço não terminou a tempo.', perhapsSpent, 'Tente de novo mais tarde.'];
    case 'clip-unfetched':
      return [
        'O serviço fez o seu clipe, mas não deu para buscar de lá.',
        perhapsSpent,
        'Quem cuida do bot encontra a causa no log.',
      ];
    case 'doubt':
      return ['Ninguém sabe se o serviço aceitou este pedido, então ele ficou como está.', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? ['O disco da máquina que roda este bot está cheio.', unspent, 'Tente de novo quando houver espaço.']
        : ['Algo está errado com este bot, não com o seu pedido.', unspent, 'O log dele diz mais.'];
  }
}

const saying = ({ reason }: { reason?: string }): string => (reason === undefined ? '' : `Ele diz: “${reason}”.`);

const MODERATION = {
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
};

const BAD_INPUT = {
  scene: { what: 'O serviço não aceitou as palavras da cena.', todo: 'Tente uma cena mais curta.' },
  picture: { what: 'O serviço não aceitou a imagem.', todo: 'Tente outra imagem.' },
  either: { what: 'O serviço não aceitou este pedido.', todo: 'Tente uma cena mais curta ou outra imagem.' },
};
