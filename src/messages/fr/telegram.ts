import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const telegram: Messages['telegram'] = {
  sendAgain: 'Renvoyer',
  back: 'Retour',
  forWhom: (name) => `Pour ${name}`,

  description:
    'Envoie-moi une photo, et dis dans sa légende ce qui doit s’y passer : « les vagues arrivent, zoom lent ». Je te renvoie un petit clip. Dans un groupe, réponds à une photo avec /animate et les mêmes mots.',
  shortDescription: 'Je donne vie aux images fixes : envoie une photo et dis ce qui doit s’y passer.',

  help: 'Envoie-moi une photo avec une légende qui dit ce qui doit s’y passer, par exemple « les vagues arrivent, zoom lent ». Elle peut aussi contenir durée=10, mouvement=7, graine=42, versions=3 pour trois clips à la fois, le format du clip (format=vertical, ou 9:16) et la façon d’y adapter l’image : cadrage=crop, cadrage=pad ou cadrage=strict.',
  helpInGroups: (bot, command) =>
    `Réponds à une photo avec « /${command} ce qui doit se passer », ou envoies-en une avec une légende qui commence par /${command} ou mentionne @${bot}. Elle peut aussi contenir durée=10, mouvement=7, graine=42, versions=3, format=vertical ou cadrage=pad.`,
  helpTwo:
    'Avec deux photos, je fais un clip qui va de la première à la deuxième : envoie-les en album avec une légende comme « du jour à la nuit », ou réponds à une photo avec l’autre.',
  unknownCommand: (name, known) =>
    `Je ne connais pas ${name}. Je connais ${known.map((each) => `/${each}`).join(', ')}.`,
  unknownPassed: (name) => `Je ne connais pas ${name}, alors j’ai pris le reste comme ce qui doit se passer.`,
  unknownAsked: (name) => `Je ne connais pas ${name}.`,
  hearts: ({ isPrivate }) =>
    `${isPrivate ? 'Une' : 'Là où je suis admin, une'} réaction ❤ ou 🔥 sur un clip est aussi une étoile.`,
  fileAlone: 'Je te l’ai envoyé en privé.',
  fileNeedsStart: 'C’est pour toi seulement : écris-moi d’abord en privé, puis redemande-le.',
  staysShown:
    'Telegram ne me laisse retirer que ce que j’ai publié ces deux derniers jours : ce qui est plus ancien perd ses boutons, et tu peux le supprimer toi-même.',
  seesAll: 'Je peux lire tous les messages ici, et je laisse tranquilles ceux qui ne sont pas pour moi.',
  seesAddressed: 'Ici, je ne vois que ce qui est pour moi : commandes, mentions et réponses à mes messages.',

  askScene: ({ isPrivate, mayBeWordless }) => {
    const what = 'Que doit-il se passer dans cette image ?';
    if (isPrivate) return `${what} Réponds par une ligne comme « les vagues arrivent, zoom lent ».`;
    const how = 'Réponds à ce message par une ligne comme « les vagues arrivent, zoom lent »';
    return `${what} ${how}${mayBeWordless ? ', ou par « - » pour que l’image bouge toute seule' : ''}.`;
  },
  askOtherScene: (question, { isPrivate }) =>
    isPrivate ? `${question} Jusqu’ici c’était :` : `${question} Réponds à ce message. Jusqu’ici c’était :`,
  captionEdited: 'Ta légende a changé après le début du clip. J’en fais un autre ? Appuie sur « C’est parti ».',
  askOtherPicture: (question) =>
    `${question} Envoie-la ici. Des mots avec elle font une autre scène ; sans eux, on garde celle-ci :`,
  askPictureInGroup: 'Envoie une autre image accompagnée de ceci, ou réponds à une image avec ceci :',
  pictureFirst: 'J’attends l’autre image. Envoie-la ici, ou ferme ma question avec /cancel.',
  sayBack: ({ isPrivate }) =>
    isPrivate
      ? 'Je fais ça ? Appuie sur « C’est parti ». Pour d’autres mots, envoie-les simplement.'
      : 'Je fais ça ? Appuie sur « C’est parti ». Pour d’autres mots, réponds à ce message.',
  choice: (option, value) => `${option} : ${value}`,
  go: 'C’est parti',
  no: 'Non',
  wordless: 'La laisser bouger seule',
  costs: (label, credits) => (credits > 0 ? `${label} (${countedCredits(credits)})` : label),
  closed: 'D’accord, je n’en fais rien.',
  notAsked: 'Seule la personne à qui j’ai posé la question peut y répondre.',
  questionGone: 'Cette question est fermée.',
  replyToAnswer: 'Je n’ai pas su si ça répond à ma question plus haut. Si c’est le cas, réponds à la question avec ça.',
  scenePlaceholder: 'les vagues arrivent, zoom lent',
  albumRest: 'D’un album, je prends la première image. Envoie les autres une par une.',
  albumRestOfTwo: 'De cet album, je prends les deux premières images. Envoie les autres une par une.',
  secondNeverCame:
    'La deuxième image de l’album ne m’est pas parvenue. Réponds à la première avec la deuxième et les mêmes mots.',
  pictureTooLarge: (foundBytes, mostBytes) =>
    `Ce fichier fait ${Math.ceil(foundBytes / (1024 * 1024))} Mo, et Telegram donne aux bots ${Math.floor(mostBytes / (1024 * 1024))} Mo au plus. Envoie-le comme photo plutôt que comme fichier.`,

  taken: 'Ton clip est en route.',
  copyComes: 'Je l’envoie dans notre discussion privée.',
  copyNeedsStart: 'Appuie sur « Démarrer » dans notre discussion privée, et il y arrivera.',
  takenAlready: 'Il est déjà en route.',
  cardDone: 'Terminé : ton clip est ci-dessous.',
  clipReady: 'Ton clip est prêt.',
  clipComes: 'Un clip arrive.',
  clipElsewhere: 'Ton clip est prêt. Impossible de l’envoyer là où tu l’as demandé, alors le voici.',
  clipDeleted:
    'Supprimé. Telegram ne laisse les bots reprendre leurs messages que pendant 48 heures, donc la vidéo reste ici jusqu’à ce que tu la supprimes.',
  deletedSoon: 'C’est supprimé ici. Telegram n’a pas encore retiré le message ; il part tout seul dans un instant.',
  clipDoubtful: 'Telegram n’a pas dit s’il a pris ton clip. S’il n’apparaît pas d’ici une minute, fais-le renvoyer.',
  sendingAgain: 'Je le renvoie.',
  sentAlready: 'Il a déjà été renvoyé.',
  notSent: 'Impossible de l’envoyer. Réessaie plus tard.',
  clipsAlone: 'Je les ai envoyés dans notre discussion privée.',
  clipsNeedStart:
    'Tes clips sont pour toi seulement. Appuie sur « Démarrer » dans notre discussion privée, et demande-les là.',
  clipsNotHere: 'Les clips de cette page n’ont pas été faits ici. Demande-les dans notre discussion privée.',
  notInChannels: 'Je ne fais rien dans un canal. Envoie-moi une photo dans notre discussion privée, ou dans un groupe.',
  pressAgain: 'Le clip vient d’arriver. Appuie à nouveau dans un instant.',
  oldButton: 'Ce bouton est trop vieux.',

  inlineNew: 'Fais d’abord un clip',
};
