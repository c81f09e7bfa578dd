import type { Messages } from '../en/index.ts';
import { counted, number, span } from './say.ts';

export const confirm: Messages['confirm'] = {
  over: 'Esta pergunta já está velha, ou já foi respondida. Mande o comando de novo.',
  notYours: 'Esta pergunta era para outra pessoa.',
};

export const privacy: Messages['privacy'] = (kept) =>
  [
    'O que eu guardo de você, e por quanto tempo:',
    `• Pedidos: sua imagem e suas palavras, seu nome e seu ID, onde você pediu, e o clipe. Somem ${span(kept.keepMs)} depois de o clipe ficar pronto; com estrela, ficam enquanto ela estiver lá.`,
    kept.service === undefined
      ? '• Os clipes são feitos nesta máquina: ninguém mais recebe nada deles.'
      : `• Os clipes são feitos por ${kept.service}, que recebe a imagem e as palavras, e nada sobre você.`,
    '• O que mais um arquivo de imagem conta, como onde a foto foi tirada, nunca é passado adiante.',
    '• Estrelas: seu ID junto ao clipe, até você tirar a estrela ou o clipe sumir.',
    kept.hasLinks
      ? '• Links: um clipe só tem página própria se você pedir, ou se o chat não aceitar o clipe, até você tirar ou o clipe sumir.'
      : '• Aqui os clipes não têm página na web.',
    '• Perguntas, formulários e listas em aberto: um dia. Dos /settings de um chat, as últimas dez mudanças e quem as fez.',
    `• O que foi gasto: números, com seu ID e o chat só como hash, por ${span(kept.spendMs)}.`,
    '• Minhas mensagens ficam no chat até alguém apagar. “Apagar”, embaixo de um clipe, tira ele de todos os lugares.',
    'Com /export você recebe seus pedidos e estrelas, e com /forget eles somem. Só ficam o que foi gasto e um bloqueio de quem cuida deste bot, com seu ID.',
  ].join('\n');

export const forget: Messages['forget'] = {
  label: 'Esqueça de mim',
  asYourself: 'Escreva com a sua própria conta, não como canal nem como grupo, para eu saber quem esquecer.',
  question: ({ isOnePerson, stays = '' }) =>
    isOnePerson
      ? 'Esta página não sabe quem é quem, então some para sempre tudo o que foi feito aqui, não importa quem pediu: imagens, pedidos e clipes, também com estrela, os links deles, as estrelas dadas aqui e o que foi configurado aqui. O que está sendo feito é interrompido. O que foi gasto fica por um tempo como número, porque os limites contam isso.'
      : [
          'Quer que eu esqueça tudo o que é seu, em todos os chats?',
          'Suas imagens, seus pedidos e clipes, também com estrela, os links deles, os clipes que outras pessoas fizeram das suas imagens, as estrelas que você deu e o que você configurou para você somem para sempre. O que está sendo feito é interrompido.',
          `Minhas mensagens com os seus clipes também somem. ${stays}`.trim(),
          'O que você configurou para um chat fica sem o seu nome; o que foi gasto fica por um tempo como número, sem o seu nome, porque os limites contam isso; e um bloqueio de quem cuida deste bot fica.',
        ].join('\n'),
  done: 'Combinado. Em um ou dois minutos está feito; se ainda for preciso parar um serviço, em dez.',
};

export const exported: Messages['exported'] = {
  text: (clips) =>
    `O que eu guardo de você: ${counted(clips, { one: 'pedido', other: 'pedidos' })}, do mais novo ao mais antigo.`,
  cut: (clips) => `Há mais de ${number(clips)}; os mais antigos ficaram de fora.`,
  nothing: 'Não tenho pedidos nem estrelas de você.',
  asYourself: 'Escreva com a sua própria conta, não como canal nem como grupo, para eu saber o que é seu.',
  tooSoon: 'Você acabou de pedir isso. Peça de novo em um minuto.',
};
