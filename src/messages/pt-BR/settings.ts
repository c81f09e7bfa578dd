import type { Messages } from '../en/index.ts';
import { commands } from './commands.ts';
import { counted, number } from './say.ts';

export const settings: Messages['settings'] = {
  title: {
    server: 'Configurações deste servidor',
    chat: 'Configurações deste chat',
    own: 'Suas configurações aqui',
  },
  rows: {
    isOn: { label: 'Fazer clipes aqui' },
    language: { label: 'Idioma', hint: 'De tudo o que eu digo aqui', unset: 'o de cada pessoa' },
    shape: {
      label: commands.animate.options.shape.label,
      hint: commands.animate.options.shape.description,
      values: commands.animate.options.shape.choices,
    },
    fit: {
      label: commands.animate.options.fit.label,
      hint: commands.animate.options.fit.description,
      values: commands.animate.options.fit.choices,
    },
    duration: { label: 'Duração', values: commands.animate.options.duration.choices },
    isCovered: { label: 'Ocultar todos os clipes', hint: 'As imagens e os clipes aparecem com um toque' },
    reply: {
      label: 'Onde os clipes chegam',
      values: { thread: 'em um tópico no cartão deles', reply: 'em resposta ao cartão deles' },
    },
    perPerson: {
      label: 'Clipes por dia para cada pessoa',
      hint: 'Em cada chat ou canal; os que não custam nada não contam',
      unset: 'sem limite',
    },
    perChat: {
      label: 'Clipes por dia no total',
      hint: 'Em cada chat ou canal; os que não custam nada não contam',
      unset: 'sem limite',
    },
    roles: { label: 'Quem pode pedir clipes', hint: 'Quem tem um destes cargos', unset: 'todo mundo' },
    channels: {
      label: 'Onde se pode pedir clipes',
      hint: 'Os tópicos contam como o canal deles',
      unset: 'em todo lugar',
    },
    toGallery: {
      label: 'Para a galeria deste bot',
      hint: 'Clipes feitos aqui que ganharam muitas estrelas aparecem lá',
    },
    gallery: {
      label: 'Galeria deste servidor',
      hint: 'Clipes feitos aqui com muitas estrelas também aparecem neste canal',
      unset: 'nenhuma',
    },
    starsNeeded: { label: 'Estrelas para chegar à galeria' },
  },
  switches: { on: 'sim', off: 'não' },
  several: {
    roles: (n) => counted(n, { one: 'cargo', other: 'cargos' }),
    channels: (n) => counted(n, { one: 'lugar', other: 'lugares' }),
  },
  asUsual: (value) => (value === undefined ? 'padrão' : `padrão (${value})`),
  line: (label, shown) => `${label}: ${shown}`,
  now: (shown) => `Agora: ${shown}`,
  chosen: (label) => `✓ ${label}`,
  range: (min, max) => `De ${number(min)} a ${number(max)}; vazio: padrão`,
  choose: 'O que você quer mudar?',
  change: 'Mudar',
  back: 'Voltar',
  alsoHere: 'Também neste tópico',
  onlyHere: 'Só neste tópico',
  notHereAnyMore: 'Não mais neste tópico',
  lately: 'Últimas mudanças',
  changed: ({ who, what, to, ago }) => `${who}: ${what}, ${to} (${ago})`,

  notYours: 'Só quem administra este chat pode fazer isso.',
  unknown: 'Essa configuração não existe mais. Mande /settings para ver as que há.',
  wrong: (label) => `“${label}” não aceita esse valor. Escolha outro.`,
  switchedOff: 'Quem administra este chat desligou os clipes aqui.',
  notHere: 'Aqui não dá para pedir clipes. Quem administra este chat pode dizer onde dá.',
  noRole: 'Aqui os clipes são só para alguns cargos. Quem administra este servidor pode dizer quais.',
};
