import type { Messages } from '../en/index.ts';
import { ago } from './say.ts';

export const clips: Messages['clips'] = {
  title: 'Clipes feitos aqui',
  mine: 'Seus clipes',
  none: 'Nenhum clipe por aqui.',
  asYourself: 'Escreva com a sua própria conta, não como canal nem como grupo, para ver todos os seus clipes.',
  over: 'Esta lista já está velha. Peça outra.',
  notYours: 'Esta lista é de outra pessoa. Peça a sua com /clips.',
  notFound: 'Não há nenhum clipe assim entre os seus nem entre os feitos aqui.',
  by: (name) => `por ${name}`,
  ago: (ms) => (ms < 60_000 ? 'agora mesmo' : ago(ms)),
  pageBefore: 'Página anterior',
  nextPage: 'Próxima página',
};
