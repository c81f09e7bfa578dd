import type { Messages } from '../en/index.ts';
import { briefly, listedShortly } from '../shared.ts';
import { ago, counted, countedClips, countedCredits, number, plural, span } from './say.ts';

const listed = (things: readonly string[]): string => things.join(', ');

function someOf(things: readonly string[]): string {
  const { line, more } = listedShortly(things);
  return more === 0 ? line : `${line} e mais ${more}`;
}

const brief = ({ id, scene, person }: { id: string; scene: string; person: string }): string =>
  `${id} “${briefly(scene)}” para ${person}`;

const STEPS = { waiting: 'espera', rendering: 'renderização', delivering: 'entrega' };

type Week = Parameters<Messages['admin']['weekly']>[0]['week'];
const weekInWords = ({ clips, failed, people, credits }: Week): string =>
  `${countedClips(clips)} para ${counted(people, { one: 'pessoa', other: 'pessoas' })}, ${countedCredits(credits)} em gastos, ${number(failed)} com falha`;

export const admin: Messages['admin'] = {
  notYours: 'Não conheço esse comando. Mande /help para ver os que eu conheço.',
  today: (o) =>
    `Hoje (UTC): ${o.isMore ? 'mais de ' : ''}${countedClips(o.asked)} ${plural(o.asked, { one: 'pedido', other: 'pedidos' })}, ${counted(o.delivered, { one: 'entregue', other: 'entregues' })}, ${number(o.failed)} com falha, ${counted(o.cancelled, { one: 'cancelado', other: 'cancelados' })}, ${number(o.underWay)} em andamento`,
  spent: ({ credits, budget }) =>
    `Gasto ou prometido hoje: ${countedCredits(credits)}${budget === undefined ? ', sem orçamento' : ` de ${number(budget)}`}`,
  failures: (classes) =>
    classes.length === 0 ? '' : `Falhas: ${someOf(classes.map(({ type, count }) => `${type} ${count}`))}`,
  slowest: (steps) =>
    steps.length === 0
      ? ''
      : `Mais lentos: ${listed(steps.map(({ step, ms, id }) => `${STEPS[step]} ${span(ms)} (${id})`))}`,
  oldest: (tasks) => (tasks.length === 0 ? '' : `Em andamento há mais tempo: ${listed(tasks.map(brief))}`),
  lastFailed: (tasks) => (tasks.length === 0 ? '' : `Últimas falhas: ${listed(tasks.map(brief))}`),
  waits: (o) => `Na espera: ${o.queued} para começar, ${o.ready} para enviar, ${o.doubtful} até alguém responder`,
  key: (o) =>
    `Chave ${o.name} (${o.provider}): ${o.leftMs === undefined ? 'em uso' : `em descanso por ${span(o.leftMs)} (${o.reason})`}`,
  weekly: ({ week, before }) =>
    [
      `Seu bot nos últimos sete dias: ${weekInWords(week)}.`,
      ...(before ? [`Nos sete dias anteriores: ${weekInWords(before)}.`] : []),
    ].join('\n'),
  isPaused: 'Em pausa: nada novo começa. Com /admin resume, continua.',
  lists: ({ blocked, refused }) =>
    [
      ...(blocked.length > 0 ? [`Pessoas bloqueadas: ${someOf(blocked)}`] : []),
      ...(refused.length > 0 ? [`Palavras recusadas: ${someOf(refused)}`] : []),
    ].join('\n'),
  moreKeys: (n) => `e mais ${counted(n, { one: 'chave', other: 'chaves' })}`,
  moreChanges: (n) => `e mais ${counted(n, { one: 'mudança anterior', other: 'mudanças anteriores' })}`,
  changed: (o) => `${o.who}: ${o.what} ${o.isOn ? 'sim' : 'não'}, ${ago(o.agoMs)}`,
  paused: {
    on: 'Em pausa: os pedidos são aceitos e esperam, e nada novo começa. Com /admin resume, continua.',
    off: 'Continuando.',
  },
  blocked: {
    on: (person) => `Não faço mais clipes para ${person}.`,
    off: (person) => `${person} pode pedir clipes de novo.`,
  },
  refused: {
    on: (word) => `Cenas com “${word}” são recusadas.`,
    off: (word) => `Cenas com “${word}” são aceitas de novo.`,
  },
  tooMany: 'Já há pessoas e palavras demais nessas listas. Tire algumas primeiro.',
  noTask: 'Essa tarefa não existe. Informe o ID dela, ou o final como o /admin mostra.',
  retried: (name) => `Vou fazer mais uma vez para ${name}, e chega onde foi pedido.`,
  noStanding:
    'As configurações do chat dela pedem cargos ou canais, e agora não consigo consultá-los. Tente de novo daqui a pouco.',
  noPerson: 'Informe a pessoa por plataforma e número, como discord:123456789012345678, ou pelo ID de uma tarefa dela.',
  noWord: (most) => `Informe uma palavra ou frase de até ${most} caracteres.`,
  noKey: 'Essa chave não existe, ou há várias. Informe pelo menos os quatro primeiros caracteres que o /admin mostra.',
  keyParked: (key) => `A chave ${key} fica em descanso por um dia, ou até /admin free ${key}.`,
  keyFreed: (key) => `A chave ${key} voltou a ser usada.`,
  inPrivate: 'Me mande isso no privado: ninguém mais deve ler a resposta.',
  blockedPerson: 'Quem cuida deste bot não faz clipes para você. Se acha que é um engano, pergunte.',
  refusedScene: 'Quem cuida deste bot recusa algumas palavras, e esta cena tem uma delas. Diga com outras.',
};
