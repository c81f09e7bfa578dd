import type { Detour } from '../en/discord.ts';
import type { Messages } from '../en/index.ts';

const DETOURS: Record<Detour, string> = {
  'thread-locked': 'Son fil est verrouillé, alors le clip arrive ici.',
  'too-many-threads': 'Ce serveur a trop de fils ouverts, alors le clip arrive ici.',
  'too-large': 'Il est trop lourd pour l’endroit où tu l’as demandé, alors voici ton clip.',
  'place-gone': 'Je ne peux plus écrire là où tu l’as demandé, alors voici ton clip.',
};

export const discord: Messages['discord'] = {
  menu: 'Animer cette image',
  menuHelp: (name) => `Applications → ${name}, dans le menu d’un message : fait un clip d’une image qui s’y trouve`,
  plainHelp:
    'Ou envoie-moi une image en disant ce qui doit s’y passer : en message privé, ou partout où je suis en me mentionnant. Réponds à un de mes clips avec d’autres mots, et j’en fais un nouveau.',
  askScene: 'Que doit-il se passer dans cette image ?',
  say: 'Dire ce qui se passe',
  askOther: 'Je fais un autre clip de cette image, avec tes mots ?',
  checkOther: 'Vérifier et envoyer',
  sendPicture:
    'Envoie-moi une image en disant ce qui doit s’y passer : « les vagues arrivent, zoom lent ». /help en dit plus.',
  form: {
    title: 'Animer cette image',
    placeholder: 'les vagues arrivent, zoom lent',
    usual: 'par défaut',
    wordless: 'Laisse vide pour que l’image bouge toute seule',
    two: 'Ajoutes-en une deuxième, et le clip finit sur elle',
    seedOf: (seed) => `Vide : une nouvelle ; ${seed} garde celle de ce clip`,
  },
  taken: 'C’est noté. Tu peux suivre ça ci-dessous.',
  slow: 'J’ai ta demande, mais elle n’est pas encore enregistrée. Ce message te dira quand elle l’est ; s’il ne le dit pas, redemande.',
  recordDown:
    'La base de données de ce bot ne répond pas. Si ta carte n’apparaît pas ici d’ici quelques minutes, redemande.',
  deletedSoon: 'C’est supprimé ici. Ses messages partent dès que Discord les retire ; cette ligne le dira.',
  mayNotRemove: (missing) =>
    `Je ne peux pas le retirer d’ici : ${missing.length > 0 ? `il me manque ${missing.join(', ')}` : 'Discord ne me laisse pas faire'}. J’essaie encore pendant un jour ; la modération peut le retirer tout de suite.`,
  stays: 'C’est supprimé ici, mais Discord ne me laisse pas retirer ses messages. La modération de l’endroit le peut.',
  pressAgain: 'Ça a pris trop de temps. Réessaie.',
  tooMany: 'Il y a beaucoup de demandes à la fois. Réessaie dans un instant.',
  broken: 'Quelque chose a raté ici, pas dans ta demande. Réessaie ; le journal du bot en dit plus.',
  missing: (permissions, channel) =>
    `Il me faut ces permissions dans ${channel} : ${permissions.join(', ')}. Les admins de ce serveur peuvent me les donner.`,
  permissions: {
    ViewChannel: 'Voir le salon',
    SendMessages: 'Envoyer des messages',
    SendMessagesInThreads: 'Envoyer des messages dans les fils',
    AttachFiles: 'Joindre des fichiers',
    EmbedLinks: 'Intégrer des liens',
    ReadMessageHistory: 'Voir les anciens messages',
    CreatePublicThreads: 'Créer des fils publics',
  },
  notMember:
    'Je ne suis pas membre de ce serveur, donc je ne pourrais pas y publier ton clip. Invite-moi à nouveau, en tant que bot.',
  noPicture: 'Je ne vois pas d’image dans ce message. Prends-en un qui contient un JPEG, PNG, WebP, HEIC, AVIF ou GIF.',
  foreignPicture: 'Cette image est hors de Discord, et je n’en prends pas là-bas. Enregistre-la et publie-la ici.',
  which: 'Ce message contient plusieurs images. Laquelle ?',
  choose: 'Choisis une image',
  both: 'Les deux : de l’image 1 à l’image 2',
  nth: (n) => `Image ${n}`,
  formGone: 'Ce formulaire est trop vieux. Recommence à partir de l’image.',
  pictureAlt: 'L’image en cours d’animation',
  clipThere: (url) => `[Voici le clip](${url})`,
  clipsThere: (urls) => `Les voici : ${urls.map((url, n) => `[${n + 1}](${url})`).join(' · ')}`,
  noScene: 'Les mots de cette scène ne peuvent pas être montrés ici.',
  thread: 'Clip',
  where: 'Choisis un salon ou un fil',
  whereFromHere: 'Va là où tu veux le montrer et tape /show : tes clips s’affichent à mesure que tu écris.',
  notThere: (channel) => `Tu ne peux pas publier de fichiers dans ${channel}. Choisis un autre endroit.`,
  foreignPlace:
    'Je ne peux le montrer que dans les salons textuels et les fils de ce serveur. Choisis un autre endroit.',
  showing: 'Je le publie ici dans un instant.',
  sharing: (channel) => `Il est en route vers ${channel}.`,
  copying: 'Je te l’envoie en message privé, si tu me laisses faire.',
  takeBack: 'Le retirer',
  chooseClip: 'En montrer un ici',
  coveredClip: 'Un clip masqué',
  detour: (why) => DETOURS[why],
};
