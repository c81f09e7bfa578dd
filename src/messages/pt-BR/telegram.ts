import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const telegram: Messages['telegram'] = {
  sendAgain: 'Enviar de novo',
  back: 'Voltar',
  forWhom: (name) => `Para ${name}`,

  description:
    'Me mande uma foto e escreva na legenda o que deve acontecer nela: “as ondas chegam, zoom lento”. Eu devolvo um clipe curto. Em um grupo, responda a uma foto com /animate e as mesmas palavras.',
  shortDescription: 'Dou vida a imagens paradas: mande uma foto e diga o que deve acontecer nela.',

  help: 'Me mande uma foto com uma legenda que diga o que deve acontecer nela, por exemplo “as ondas chegam, zoom lento”. Também pode ter duração=10, movimento=7, semente=42, versões=3 para três clipes de uma vez, o formato do clipe (formato=vertical, ou 9:16) e como ajustar a imagem: ajuste=crop, ajuste=pad ou ajuste=strict.',
  helpInGroups: (bot, command) =>
    `Responda a uma foto com “/${command} o que deve acontecer”, ou mande uma com legenda que comece com /${command} ou mencione @${bot}. Também pode ter duração=10, movimento=7, semente=42, versões=3, formato=vertical ou ajuste=pad.`,
  helpTwo:
    'Com duas fotos faço um clipe que vai da primeira à segunda: mande as duas em um álbum com uma legenda como “do dia para a noite”, ou responda a uma foto com a outra.',
  unknownCommand: (name, known) => `Não conheço ${name}. Conheço ${known.map((each) => `/${each}`).join(', ')}.`,
  unknownPassed: (name) => `Não conheço ${name}, então entendi o resto como o que deve acontecer.`,
  unknownAsked: (name) => `Não conheço ${name}.`,
  hearts: ({ isPrivate }) =>
    `${isPrivate ? 'Uma' : 'Onde sou admin, uma'} reação com ❤ ou 🔥 em um clipe também é uma estrela.`,
  fileAlone: 'Mandei para você no privado.',
  fileNeedsStart: 'Isto é só para você: fale comigo no privado primeiro, e depois peça de novo.',
  staysShown:
    'O Telegram só me deixa tirar o que publiquei nos últimos dois dias: o que é mais antigo perde os botões, e aí quem pode apagar é você.',
  seesAll: 'Posso ler todas as mensagens daqui, e deixo quietas as que não são para mim.',
  seesAddressed: 'Aqui só vejo o que é para mim: comandos, menções e respostas a mensagens minhas.',

  askScene: ({ isPrivate, mayBeWordless }) => {
    const what = 'O que deve acontecer nesta imagem?';
    if (isPrivate) return `${what} Responda com uma linha como “as ondas chegam, zoom lento”.`;
    const how = 'Responda a esta mensagem com uma linha como “as ondas chegam, zoom lento”';
    return `${what} ${how}${mayBeWordless ? ', ou com “-” para ela se mexer sozinha' : ''}.`;
  },
  askOtherScene: (question, { isPrivate }) =>
    isPrivate ? `${question} Até agora era:` : `${question} Responda a esta mensagem. Até agora era:`,
  captionEdited: 'Sua legenda mudou depois que o clipe começou. Faço outro? Toque em “Pode fazer”.',
  askOtherPicture: (question) => `${question} Mande aqui. Palavras junto dela são outra cena; sem elas, continua esta:`,
  askPictureInGroup: 'Mande outra imagem com isto junto, ou responda a uma com isto:',
  pictureFirst: 'Estou esperando a outra imagem. Mande aqui, ou feche minha pergunta com /cancel.',
  sayBack: ({ isPrivate }) =>
    isPrivate
      ? 'Faço isto? Toque em “Pode fazer”. Se quiser outras palavras, é só mandar.'
      : 'Faço isto? Toque em “Pode fazer”. Se quiser outras palavras, responda a esta mensagem.',
  choice: (option, value) => `${option}: ${value}`,
  go: 'Pode fazer',
  no: 'Não',
  wordless: 'Deixar se mexer sozinha',
  costs: (label, credits) => (credits > 0 ? `${label} (${countedCredits(credits)})` : label),
  closed: 'Combinado, não faço nada.',
  notAsked: 'Só a pessoa a quem perguntei pode responder isto.',
  questionGone: 'Esta pergunta já está fechada.',
  replyToAnswer: 'Não deu para saber se isso responde à minha pergunta acima. Se for, responda à pergunta com isso.',
  scenePlaceholder: 'as ondas chegam, zoom lento',
  albumRest: 'De um álbum, pego a primeira imagem. Mande as outras uma por uma.',
  albumRestOfTwo: 'Deste álbum, pego as duas primeiras imagens. Mande as outras uma por uma.',
  secondNeverCame:
    'A segunda imagem do álbum não chegou até mim. Responda à primeira com a segunda e com as mesmas palavras.',
  pictureTooLarge: (foundBytes, mostBytes) =>
    `Este arquivo tem ${Math.ceil(foundBytes / (1024 * 1024))} MB, e o Telegram dá aos bots até ${Math.floor(mostBytes / (1024 * 1024))} MB. Mande como foto, não como arquivo.`,

  taken: 'Seu clipe está a caminho.',
  copyComes: 'Vou mandar no nosso chat privado.',
  copyNeedsStart: 'Toque em “Iniciar” no nosso chat privado, e ele chega lá.',
  takenAlready: 'Já está a caminho.',
  cardDone: 'Pronto: seu clipe está abaixo.',
  clipReady: 'Seu clipe está pronto.',
  clipComes: 'Vem aí um clipe.',
  clipElsewhere: 'Seu clipe está pronto. Não deu para enviar onde você pediu, então aqui está.',
  clipDeleted:
    'Apagado. O Telegram só deixa bots retirarem mensagens por 48 horas, então o vídeo fica aqui até você apagar.',
  deletedSoon: 'Aqui já está apagado. O Telegram ainda não tirou a mensagem; ela some sozinha daqui a pouco.',
  clipDoubtful:
    'O Telegram não disse se aceitou o seu clipe. Se ele não aparecer em um minuto, peça para enviar de novo.',
  sendingAgain: 'Enviando de novo.',
  sentAlready: 'Já foi enviado de novo.',
  notSent: 'Não deu para enviar. Tente de novo mais tarde.',
  clipsAlone: 'Mandei no nosso chat privado.',
  clipsNeedStart: 'Seus clipes são só para você. Toque em “Iniciar” no nosso chat privado, e peça lá.',
  clipsNotHere: 'Os clipes daquela página não foram feitos aqui. Peça no nosso chat privado.',
  notInChannels: 'Em um canal eu não faço nada. Me mande uma foto no nosso chat privado, ou em um grupo.',
  pressAgain: 'O clipe acabou de chegar. Toque de novo daqui a pouco.',
  oldButton: 'Este botão já está velho.',

  inlineNew: 'Primeiro faça um clipe',
};
