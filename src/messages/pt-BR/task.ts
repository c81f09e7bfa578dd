import type { TaskMessages } from '../en/index.ts';
import { about, countedCredits, instant } from './say.ts';

export const task: TaskMessages = {
  options: ({ duration, motion, seed, sound }, { isFirstSeed = false } = {}) => [
    sound === 'on' ? `${duration} s com som` : `${duration} s`,
    `movimento ${motion}`,
    `${isFirstSeed ? 'sementes a partir de' : 'semente'} ${seed}`,
  ],
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
    const { seed, duration, motion, fit, model, sound } = d.options;
    const more = [model, sound === 'on' && 'som'].filter(Boolean).map((one) => ` · ${one}`);
    const cost = d.credits === 0 ? 'nada' : `${d.isSure ? '' : 'no máximo '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      `Semente ${seed} · ${duration} s · movimento ${motion} · ${fit}${more.join('')}`,
      `Custo: ${cost}`,
      `Pedido em ${instant(askedAt)}, terminou depois de ${about(endedAt - askedAt)}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Por ${o.author}` : `${o.scene}\n— por ${o.author}`),
  reported: ({ isShown }) =>
    `Alguém denunciou este clipe. Se ele não deveria estar aqui, toque em “Apagar” para tirar ele${isShown ? '' : ' de todos os lugares onde foi mostrado'}.`,
};
