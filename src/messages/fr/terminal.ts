import type { Messages } from '../en/index.ts';

export const terminal: Messages['terminal'] = {
  usage: {
    how: 'Utilisation : npm run animate -- IMAGE ["SCÈNE"] [options]',
    wordless: 'Sans scène, l’image bouge toute seule, si le service fait de tels clips.',
    motion: 'combien ça bouge (sinon 5)',
    seed: 'la même graine donne le même clip ; sans elle, chaque fois un autre',
    duration: 'secondes (sinon 5) ; un service n’en a parfois que certaines',
    model: 'quel modèle le fait, s’il y en a plusieurs',
    sound: 'avec le son, si le modèle sait le faire (sinon off)',
    frame: 'si le clip commence par l’image (sinon first) ou finit par elle',
    last: 'une deuxième image, sur laquelle le clip finit, si le modèle en prend une',
    fit: 'comment l’image est adaptée à 16:9 ou 9:16',
    takes: 'autant de clips à la fois, chacun avec la graine suivante (sinon 1)',
    file: 'FICHIER.mp4',
    out: 'où va le clip (sinon : ici, au nom de l’image) ;',
    outs: 'plusieurs versions vont dans FICHIER-1.mp4, FICHIER-2.mp4, etc.',
    force: 'un fichier déjà là est remplacé',
    example: 'Exemple : npm run animate -- photo.jpg "les vagues arrivent, zoom lent" --motion 7',
  },
  noPicture:
    'Donne une image et, si elle ne doit pas bouger toute seule, ce qui doit s’y passer : npm run animate -- photo.jpg "les vagues arrivent"',
  emptyScene: 'La scène est vide. Dis ce qui doit se passer dans l’image, ou ne mets pas de scène.',
  address: (picture) =>
    `${picture} est une adresse, et seuls les fichiers sont pris. Enregistre l’image et donne ce fichier.`,
  twoPictures: (one, other) =>
    `Un clip se fait avec une seule image : donne ${one} ou ${other}, puis la scène entre guillemets. Une deuxième, sur laquelle il finit, se met après --last.`,
  unquoted: (scene) => `Mets la scène entre guillemets : "${scene}".`,
  notMp4: (file) => `--out ${file} : un clip est un MP4. Donne-lui un nom qui finit par .mp4.`,
  unknownOption: (option) => `Il n’y a pas d’option ${option}. Avec --help, tu les vois toutes.`,
  noValue: (option) => `${option} attend une valeur. Avec --help, tu vois laquelle.`,
  noneTaken: (option) => `${option} ne prend pas de valeur.`,
  unreadable: (file, why) => `Impossible de lire l’image ${file} : ${why}.`,
  outIsFolder: (file) => `--out ${file} est un dossier : donne un fichier dedans.`,
  outIsPicture: (file) => `--out ${file} est l’image elle-même : donne un autre fichier.`,
  outIsThere: (file) => `--out ${file} existe déjà. Donne un autre fichier, ou ajoute --force pour le remplacer.`,
  unwritable: (folder, why) => `Impossible d’écrire dans ${folder} : ${why}.`,
  clipUnwritten: (file, why) => `Le clip est prêt mais ne peut pas être écrit dans ${file} : ${why}.`,
  reasons: {
    ENOENT: 'ce fichier ou dossier n’existe pas',
    EACCES: 'accès refusé',
    EPERM: 'accès refusé',
    ENOSPC: 'le disque est plein',
    EISDIR: 'c’est un dossier',
    EEXIST: 'un autre fichier porte déjà ce nom',
  },
};
