import { DURATIONS_SECONDS } from '../../task/options.ts';
import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const commands: Messages['commands'] = {
  animate: {
    name: 'animate',
    description: 'Transforme uma imagem em um clipe de alguns segundos',
    options: {
      image: {
        name: 'imagem',
        label: 'Imagem',
        description: 'A imagem: JPEG, PNG, WebP, HEIC, AVIF ou GIF',
        wrong: 'Faltou a imagem. Mande uma, ou responda a uma.',
      },
      last: {
        name: 'final',
        label: 'Termina em',
        description: 'Uma segunda imagem, na qual o clipe termina',
        wrong: 'Mande uma segunda imagem para o final do clipe, ou deixe sem.',
      },
      scene: {
        name: 'cena',
        label: 'O que deve acontecer?',
        description: 'O que deve acontecer, por exemplo “as ondas chegam, zoom lento”',
        wrong: 'Diga o que deve acontecer na imagem, por exemplo “as ondas chegam, zoom lento”.',
      },
      motion: {
        name: 'movimento',
        label: 'Movimento',
        description: 'De 1 (quase não se mexe) a 10 (se mexe muito)',
        wrong: 'O movimento vai de 1 (quase não se mexe) a 10 (se mexe muito).',
      },
      duration: {
        name: 'duração',
        label: 'Duração',
        description: 'Em segundos',
        choices: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, `${seconds} segundos`])),
        wrong: 'Um clipe dura 2–10 segundos.',
      },
      model: {
        name: 'modelo',
        label: 'Modelo',
        description: 'Que modelo faz o clipe',
        wrong: 'Esse modelo não existe.',
      },
      sound: {
        name: 'som',
        label: 'Som',
        description: 'Se o clipe tem som; custa mais',
        choices: { on: 'com som', off: 'sem som' },
        wrong: 'Som é on (sim) ou off (não).',
      },
      frame: {
        name: 'quadro',
        label: 'Quadro',
        description: 'Se o clipe começa ou termina com a sua imagem',
        choices: { first: 'começa com ela', last: 'termina com ela' },
        wrong: 'Quadro é first (começa com a imagem) ou last (termina com ela).',
      },
      seed: {
        name: 'semente',
        label: 'Semente',
        description: 'A mesma semente repete o mesmo clipe',
        wrong: 'A semente é um número inteiro de 0 a 4294967295.',
      },
      shape: {
        name: 'formato',
        label: 'Formato',
        description: 'O formato do clipe; automático: o mais parecido com o da imagem',
        choices: {
          auto: 'automático',
          wide: 'largo (16:9)',
          tall: 'vertical (9:16)',
          square: 'quadrado (1:1)',
          landscape: 'paisagem (4:3)',
          portrait: 'retrato (3:4)',
          ultrawide: 'panorâmico (21:9)',
        },
        wrong: 'O formato é auto, wide, tall, square, landscape, portrait ou ultrawide.',
      },
      fit: {
        name: 'ajuste',
        label: 'Ajuste',
        description: 'O que fazer com uma imagem de outro formato',
        choices: { crop: 'cortar', pad: 'adicionar bordas desfocadas', strict: 'sem mudanças: recusar' },
        wrong: 'O ajuste é crop (cortar), pad (adicionar bordas) ou strict (sem mudanças).',
      },
      focus: {
        name: 'foco',
        description: 'O que fica quando a imagem é cortada: partes da largura e da altura, como 0.3,0.6',
        wrong: 'O foco são dois números de 0 a 1, como 0.3,0.6: a partir da esquerda e de cima.',
      },
      takes: {
        name: 'versões',
        label: 'Versões',
        description: 'Quantos clipes de uma vez, de 1 a 4; cada um custa o mesmo que um só',
        wrong: 'São feitas de 1 a 4 versões de uma vez.',
      },
      spoiler: {
        name: 'spoiler',
        description: 'Oculta a imagem e o clipe até alguém tocar neles',
        wrong: 'Spoiler é sim ou não.',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'Os clipes feitos aqui, ou todos os seus',
    options: {
      of: {
        name: 'quais',
        label: 'Quais',
        description: 'Os feitos aqui, ou todos os seus',
        choices: { here: 'feitos aqui', mine: 'todos os meus' },
        wrong: 'Diga “here” para os clipes feitos aqui, ou “mine” para todos os seus.',
      },
      words: { name: 'palavras', description: 'Palavras da cena', wrong: 'Use até 200 caracteres.' },
      by: {
        name: 'pessoa',
        description: 'De quem são os clipes',
        wrong: 'Diga de quem são os clipes que você quer ver.',
      },
      starred: { name: 'estrela', description: 'Só os que têm estrela', wrong: 'Estrela é sim ou não.' },
    },
  },
  show: {
    name: 'show',
    description: 'Publique de novo um clipe seu, ou um feito aqui',
    options: {
      clip: {
        name: 'clipe',
        description: 'Palavras da cena dele, ou o ID',
        wrong: 'Diga qual clipe: palavras da cena dele, ou o ID.',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'Para quem administra este chat: o que é feito aqui, e para quem',
    options: {},
  },
  quota: { name: 'quota', description: 'Quantos clipes você ainda pode pedir', options: {} },
  privacy: { name: 'privacy', description: 'O que este bot guarda de você, e por quanto tempo', options: {} },
  export: { name: 'export', description: 'Receba em um arquivo o que este bot guarda de você', options: {} },
  forget: { name: 'forget', description: 'Apague tudo o que este bot guarda de você', options: {} },
  admin: {
    name: 'admin',
    description: 'Para quem cuida deste bot: como ele vai, e o que fazer',
    options: {
      do: {
        name: 'ação',
        description: 'O que fazer; sem nada: como vai hoje',
        choices: {
          pause: 'pause: não começar nada novo',
          resume: 'continuar',
          stop: 'parar uma tarefa',
          retry: 'repetir uma tarefa',
          block: 'bloquear uma pessoa',
          unblock: 'desbloquear uma pessoa',
          refuse: 'recusar uma palavra',
          allow: 'voltar a aceitar uma palavra',
          park: 'deixar uma chave em descanso',
          free: 'voltar a usar uma chave',
        },
        wrong: 'Diga pause, resume, stop, retry, block, unblock, refuse, allow, park ou free.',
      },
      what: {
        name: 'alvo',
        description: 'O ID da tarefa, a pessoa, a palavra ou a chave',
        wrong: 'Use até 200 caracteres.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Pare um clipe que está sendo feito para você aqui', options: {} },
  help: { name: 'help', description: 'O que este bot faz, e como', options: {} },
};

export const actions: Messages['actions'] = {
  cancel: { label: 'Cancelar' },
  cancelAll: { label: 'Cancelar todos' },
  again: { label: 'De novo', help: 'mais uma versão' },
  edit: {
    label: 'Mudar a cena',
    help: 'uma versão com outras palavras',
    title: 'Outra cena',
    question: 'O que deve acontecer em vez disso?',
  },
  crop: { label: 'Cortar' },
  shorten: { label: 'Cena mais curta' },
  picture: {
    label: 'Outra imagem',
    title: 'Outra imagem',
    question: 'Que imagem eu uso em vez desta?',
  },
  star: {
    label: '⭐',
    help: 'uma estrela; clipes com estrela ficam guardados',
    counted: (stars) => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'Você deu uma estrela a este clipe.',
    off: 'Você tirou a sua estrela.',
  },
  share: { label: 'Compartilhar', help: 'mostra em outro lugar', question: 'Onde eu mostro este clipe?' },
  link: {
    label: 'Link',
    help: 'uma página só dele, para quem tiver o endereço',
    text: (url) => `Quem tiver este endereço pode ver o clipe:\n${url}`,
    nowhere: 'Este bot não pode ser acessado de fora, então os clipes dele não têm página própria.',
  },
  unlink: { label: 'Tirar o link', done: 'A página deste clipe não existe mais.' },
  copy: {
    label: 'Quero uma cópia',
    nowhere: 'Fale comigo no privado primeiro, e aí posso mandar uma cópia para você.',
  },
  continue: {
    label: 'Continuar',
    help: 'segue de onde o clipe termina; os dois vêm em um só',
    title: 'Continuar o clipe',
    question: ({ seconds, credits }) =>
      credits > 0 ? `O que vem depois? (${seconds} s: ${countedCredits(credits)})` : 'O que vem depois?',
    tooLong: (n) => `Um clipe continuado tem no máximo ${n} segundos, e este passaria disso.`,
  },
  loop: {
    label: 'Loop',
    help: 'ida e volta, para rever sem parar',
    silent: 'O loop não tem som.',
  },
  gif: { label: 'Salvar como GIF' },
  webp: { label: 'Salvar como WebP' },
  story: {
    label: 'História',
    help: 'todas as versões da imagem dele',
    text: 'Todas as versões desta imagem, a partir da primeira:',
  },
  report: {
    label: 'Denunciar',
    help: 'avisa quem administra este chat',
    done: 'Valeu pelo aviso! Quem administra este chat já sabe, e pode tirar o clipe.',
    own: 'Este clipe é seu: “Apagar” tira ele daqui.',
  },
  more: { label: 'Mais', text: 'O que fazemos com este clipe?' },
  show: { label: 'Mostrar aqui' },
  delete: { label: 'Apagar', help: 'tira ele daqui' },
  details: { label: 'Detalhes', help: 'semente, custo e horários dele' },
  retry: { label: 'Tentar de novo' },
  leave: { label: 'Deixar assim' },
};

export const help: Messages['help'] = {
  intro: 'Uma imagem e uma linha de texto viram um clipe de alguns segundos: “as ondas chegam, zoom lento”.',
  command: (name, description) => `/${name}: ${description}`,
  under: 'Embaixo de um clipe:',
  action: (label, does) => `${label}: ${does}`,
  pictures: (maxMegabytes, minSide) =>
    `As imagens são JPEG, PNG, WebP, HEIC ou AVIF, de até ${maxMegabytes} MB e pelo menos ${minSide} pixels de cada lado.`,
  free: 'Aqui os clipes são prévias sem IA: uma câmera passeia pela imagem. Não custam nada.',
  paid: (credits) => `Cada clipe custa ${countedCredits(credits)} para quem cuida deste bot.`,
};
