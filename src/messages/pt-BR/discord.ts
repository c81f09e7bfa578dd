import type { Detour } from '../en/discord.ts';
import type { Messages } from '../en/index.ts';

const DETOURS: Record<Detour, string> = {
  'thread-locked': 'O tópico dele está trancado, então o clipe vem aqui.',
  'too-many-threads': 'Este servidor tem tópicos abertos demais, então o clipe vem aqui.',
  'too-large': 'Ele é grande demais para o lugar onde você pediu, então aqui está o seu clipe.',
  'place-gone': 'Não consigo mais escrever onde você pediu, então aqui está o seu clipe.',
};

export const discord: Messages['discord'] = {
  menu: 'Animar esta imagem',
  menuHelp: (name) => `Apps → ${name}, no menu de uma mensagem: faz um clipe de uma imagem que está nela`,
  plainHelp:
    'Ou me mande uma imagem e escreva o que deve acontecer nela: por mensagem direta, ou em qualquer lugar onde eu estiver, me mencionando. Se você responder a um clipe meu com outras palavras, faço mais um.',
  askScene: 'O que deve acontecer nesta imagem?',
  say: 'Dizer o que acontece',
  askOther: 'Faço outro clipe desta imagem, com as suas palavras?',
  checkOther: 'Conferir e enviar',
  sendPicture:
    'Me mande uma imagem e escreva o que deve acontecer nela: “as ondas chegam, zoom lento”. O /help conta mais.',
  form: {
    title: 'Animar esta imagem',
    placeholder: 'as ondas chegam, zoom lento',
    usual: 'padrão',
    wordless: 'Deixe vazio para ela se mexer sozinha',
    two: 'Junte uma segunda, e o clipe termina nela',
    seedOf: (seed) => `Vazio: uma nova; ${seed} mantém a deste clipe`,
  },
  taken: 'Beleza! O andamento aparece abaixo.',
  slow: 'Recebi o seu pedido, mas ele ainda não está guardado. Esta mensagem avisa quando estiver; se não avisar, peça de novo.',
  recordDown:
    'Não consigo acessar o banco de dados deste bot. Se daqui a alguns minutos não aparecer um cartão seu aqui, peça de novo.',
  deletedSoon: 'Aqui já está apagado. As mensagens somem assim que o Discord as tirar; esta linha avisa.',
  mayNotRemove: (missing) =>
    `Não posso tirar daqui: ${missing.length > 0 ? `me falta ${missing.join(', ')}` : 'o Discord não deixa'}. Continuo tentando por um dia; quem modera pode tirar agora.`,
  stays: 'Aqui já está apagado, mas o Discord não me deixa tirar as mensagens. Quem modera o lugar consegue.',
  pressAgain: 'Demorou demais. Tente mais uma vez.',
  tooMany: 'São muitos pedidos ao mesmo tempo. Tente de novo daqui a pouco.',
  broken: 'Algo deu errado aqui, não no seu pedido. Tente de novo; o log do bot diz mais.',
  missing: (permissions, channel) =>
    `Preciso destas permissões em ${channel}: ${permissions.join(', ')}. Quem administra este servidor pode me dar.`,
  permissions: {
    ViewChannel: 'Ver canal',
    SendMessages: 'Enviar mensagens',
    SendMessagesInThreads: 'Enviar mensagens em tópicos',
    AttachFiles: 'Anexar arquivos',
    EmbedLinks: 'Inserir links',
    ReadMessageHistory: 'Ver histórico de mensagens',
    CreatePublicThreads: 'Criar tópicos públicos',
  },
  notMember: 'Não sou membro deste servidor, então não conseguiria publicar o seu clipe. Me convide de novo, como bot.',
  noPicture: 'Não vejo nenhuma imagem nesta mensagem. Escolha uma que tenha JPEG, PNG, WebP, HEIC, AVIF ou GIF.',
  foreignPicture: 'Essa imagem está fora do Discord, e de lá eu não busco. Salve e publique aqui.',
  which: 'Esta mensagem tem várias imagens. Qual delas?',
  choose: 'Escolha uma imagem',
  both: 'As duas: da imagem 1 para a 2',
  nth: (n) => `Imagem ${n}`,
  formGone: 'Este formulário já está velho. Comece de novo pela imagem.',
  pictureAlt: 'A imagem que está sendo animada',
  clipThere: (url) => `[Aqui está o clipe](${url})`,
  clipsThere: (urls) => `Aqui estão: ${urls.map((url, n) => `[${n + 1}](${url})`).join(' · ')}`,
  noScene: 'As palavras desta cena não podem aparecer aqui.',
  thread: 'Clipe',
  where: 'Escolha um canal ou tópico',
  whereFromHere: 'Vá aonde quer mostrar e digite /show lá: seus clipes aparecem enquanto você digita.',
  notThere: (channel) => `Você não pode publicar arquivos em ${channel}. Escolha outro lugar.`,
  foreignPlace: 'Só posso mostrar em canais de texto e tópicos deste servidor. Escolha outro lugar.',
  showing: 'Já publico ele aqui.',
  sharing: (channel) => `Está a caminho de ${channel}.`,
  copying: 'Vou mandar por mensagem direta, se você deixar.',
  takeBack: 'Tirar daqui',
  chooseClip: 'Mostrar um aqui',
  coveredClip: 'Um clipe oculto',
  detour: (why) => DETOURS[why],
};
