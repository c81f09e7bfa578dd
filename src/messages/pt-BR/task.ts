import type { TaskMessages } from '../en/index.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant } from './say.ts';

const options = optionsIn({
  length: (s) => `${s} s`,
  withSound: (s) => `${s} s com som`,
  motion: (n) => `movimento ${n}`,
  seed: (n) => `semente ${n}`,
  seedsFrom: (n) => `sementes a partir de ${n}`,
  shapes: commands.animate.options.shape.choices,
});

export const task: TaskMessages = {
  options,
  endsOn: (notes) =>
    notes.length === 0 ? 'termina em uma segunda imagem' : `termina em uma segunda imagem (${notes.join(', ')})`,
  clip: (scene) => scene,
  goesOn: {
    inAll: (seconds) => `${seconds} s no total`,
    isAlone: 'só a parte nova: não deu para juntar',
  },
  wordless: 'se mexe sozinha',
  doubt:
    'O serviço não disse se aceitou o seu pedido. Tentar de novo pode custar mais um crédito; deixar assim não custa mais nada.',
  clipAtLink: (link) => `Seu clipe está pronto, mas não dá para enviar neste chat. Veja aqui: ${link}`,
  didNotWork: 'Não deu certo.',
  details(d) {
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? 'nada' : `${d.isSure ? '' : 'no máximo '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `Custo: ${cost}`,
      `Pedido em ${instant(askedAt)}, levou ${about(endedAt - askedAt)}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Por ${o.author}` : `${o.scene}\n— por ${o.author}`),
  reported: ({ isShown }) =>
    `Alguém denunciou este clipe. Se ele não deveria estar aqui, toque em “Apagar” para tirar ele${isShown ? '' : ' de todos os lugares onde foi mostrado'}.`,
};
