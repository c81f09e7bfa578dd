import { DURATIONS_SECONDS } from '../../task/options.ts';
import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const commands: Messages['commands'] = {
  animate: {
    name: 'animate',
    description: 'Fais d’une image un clip de quelques secondes',
    options: {
      image: {
        name: 'image',
        label: 'Image',
        description: 'L’image : JPEG, PNG, WebP, HEIC, AVIF ou GIF',
        wrong: 'Il manque l’image. Envoies-en une, ou réponds à une image.',
      },
      last: {
        name: 'fin',
        label: 'Finit sur',
        description: 'Une deuxième image, sur laquelle le clip finit',
        wrong: 'Envoie une deuxième image pour la fin du clip, ou n’en mets pas.',
      },
      scene: {
        name: 'scène',
        label: 'Que doit-il se passer ?',
        description: 'Ce qui doit se passer, par exemple « les vagues arrivent, zoom lent »',
        wrong: 'Dis ce qui doit se passer dans l’image, par exemple « les vagues arrivent, zoom lent ».',
      },
      motion: {
        name: 'mouvement',
        label: 'Mouvement',
        description: 'De 1 (bouge à peine) à 10 (bouge beaucoup)',
        wrong: 'Le mouvement va de 1 (bouge à peine) à 10 (bouge beaucoup).',
      },
      duration: {
        name: 'durée',
        label: 'Durée',
        description: 'En secondes',
        choices: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, `${seconds} secondes`])),
        wrong: 'Un clip dure 2–10 secondes.',
      },
      model: {
        name: 'modèle',
        label: 'Modèle',
        description: 'Quel modèle fait le clip',
        wrong: 'Ce modèle n’existe pas.',
      },
      sound: {
        name: 'son',
        label: 'Son',
        description: 'Si le clip a du son ; ça coûte plus cher',
        choices: { on: 'avec le son', off: 'sans le son' },
        wrong: 'Le son, c’est on (oui) ou off (non).',
      },
      frame: {
        name: 'place',
        label: 'Place de l’image',
        description: 'Si le clip commence ou finit par ton image',
        choices: { first: 'commence par elle', last: 'finit par elle' },
        wrong: 'La place de l’image, c’est first (au début) ou last (à la fin).',
      },
      seed: {
        name: 'graine',
        label: 'Graine',
        description: 'La même graine refait le même clip',
        wrong: 'La graine est un nombre entier de 0 à 4294967295.',
      },
      shape: {
        name: 'format',
        label: 'Format',
        description: 'Le format du clip ; automatique : le plus proche de celui de l’image',
        choices: {
          auto: 'automatique',
          wide: 'large (16:9)',
          tall: 'vertical (9:16)',
          square: 'carré (1:1)',
          landscape: 'paysage (4:3)',
          portrait: 'portrait (3:4)',
          ultrawide: 'panoramique (21:9)',
        },
        wrong: 'Le format est auto, wide, tall, square, landscape, portrait ou ultrawide.',
      },
      fit: {
        name: 'cadrage',
        label: 'Cadrage',
        description: 'Que faire d’une image d’un autre format',
        choices: { crop: 'recadrer', pad: 'ajouter des bords flous', strict: 'ne rien changer : la refuser' },
        wrong: 'Le cadrage est crop (recadrer), pad (ajouter des bords) ou strict (ne rien changer).',
      },
      focus: {
        name: 'centre',
        description: 'Ce qui reste quand l’image est recadrée : parts de sa largeur et de sa hauteur, comme 0.3,0.6',
        wrong: 'Le centre, ce sont deux nombres de 0 à 1, comme 0.3,0.6 : depuis la gauche et depuis le haut.',
      },
      takes: {
        name: 'versions',
        label: 'Versions',
        description: 'Combien de clips à la fois, de 1 à 4 ; chacun coûte le prix d’un seul',
        wrong: 'On fait de 1 à 4 versions à la fois.',
      },
      spoiler: {
        name: 'spoiler',
        description: 'Masque l’image et le clip jusqu’à ce qu’on appuie dessus',
        wrong: 'Spoiler, c’est oui ou non.',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'Les clips d’ici, ou tous les tiens',
    options: {
      of: {
        name: 'lesquels',
        label: 'Lesquels',
        description: 'Ceux d’ici, ou tous les tiens',
        choices: { here: 'ceux d’ici', mine: 'tous les miens' },
        wrong: 'Dis « here » pour les clips d’ici, ou « mine » pour tous les tiens.',
      },
      words: { name: 'mots', description: 'Des mots de la scène', wrong: '200 caractères au plus.' },
      by: { name: 'personne', description: 'De qui sont les clips', wrong: 'Dis de qui tu veux voir les clips.' },
      starred: { name: 'étoile', description: 'Seulement ceux qui ont une étoile', wrong: 'Étoile, c’est oui ou non.' },
    },
  },
  show: {
    name: 'show',
    description: 'Publie à nouveau un de tes clips, ou un clip d’ici',
    options: {
      clip: {
        name: 'clip',
        description: 'Des mots de sa scène, ou son ID',
        wrong: 'Dis quel clip : des mots de sa scène, ou son ID.',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'Pour les admins de cette discussion : ce qui se fait ici, et pour qui',
    options: {},
  },
  quota: { name: 'quota', description: 'Combien de clips tu peux encore demander', options: {} },
  privacy: { name: 'privacy', description: 'Ce que ce bot garde de toi, et combien de temps', options: {} },
  export: { name: 'export', description: 'Reçois dans un fichier ce que ce bot garde de toi', options: {} },
  forget: { name: 'forget', description: 'Supprime tout ce que ce bot garde de toi', options: {} },
  admin: {
    name: 'admin',
    description: 'Pour les responsables de ce bot : comment il va, et quoi faire',
    options: {
      do: {
        name: 'action',
        description: 'Que faire ; sans rien : comment il va aujourd’hui',
        choices: {
          pause: 'pause : ne rien commencer de nouveau',
          resume: 'reprendre',
          stop: 'arrêter une tâche',
          retry: 'refaire une tâche',
          block: 'bloquer une personne',
          unblock: 'débloquer une personne',
          refuse: 'refuser un mot',
          allow: 'accepter à nouveau un mot',
          park: 'mettre une clé au repos',
          free: 'remettre une clé en service',
        },
        wrong: 'Dis pause, resume, stop, retry, block, unblock, refuse, allow, park ou free.',
      },
      what: {
        name: 'quoi',
        description: 'L’ID de la tâche, la personne, le mot ou la clé',
        wrong: '200 caractères au plus.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Arrête un clip en cours pour toi ici', options: {} },
  help: { name: 'help', description: 'Ce que fait ce bot, et comment', options: {} },
};

export const actions: Messages['actions'] = {
  cancel: { label: 'Annuler' },
  cancelAll: { label: 'Tout annuler' },
  again: { label: 'Encore', help: 'une autre version' },
  edit: {
    label: 'Changer la scène',
    help: 'une version avec d’autres mots',
    title: 'Une autre scène',
    question: 'Que doit-il se passer à la place ?',
  },
  crop: { label: 'Recadrer' },
  shorten: { label: 'Raccourcir la scène' },
  picture: {
    label: 'Une autre image',
    title: 'Une autre image',
    question: 'Quelle image prendre à la place ?',
  },
  star: {
    label: '⭐',
    help: 'une étoile ; les clips qui en ont une sont gardés',
    counted: (stars) => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'Ce clip a maintenant ton étoile.',
    off: 'Ton étoile est retirée.',
  },
  share: { label: 'Partager', help: 'le montre ailleurs', question: 'Où montrer ce clip ?' },
  link: {
    label: 'Lien',
    help: 'une page à lui, pour qui a l’adresse',
    text: (url) => `Avec cette adresse, tout le monde peut voir le clip :\n${url}`,
    nowhere: 'Ce bot n’est pas joignable de l’extérieur, donc ses clips n’ont pas de page à eux.',
  },
  unlink: { label: 'Retirer le lien', done: 'La page de ce clip n’existe plus.' },
  copy: {
    label: 'M’envoyer une copie',
    nowhere: 'Écris-moi d’abord en privé, et je pourrai t’y envoyer une copie.',
  },
  continue: {
    label: 'Continuer',
    help: 'repart de la fin du clip ; les deux n’en font qu’un',
    title: 'Continuer le clip',
    question: ({ seconds, credits }) =>
      credits > 0 ? `Et ensuite ? (${seconds} s : ${countedCredits(credits)})` : 'Et ensuite ?',
    tooLong: (n) => `Un clip prolongé dure ${n} secondes au plus, et celui-ci serait plus long.`,
  },
  loop: {
    label: 'Boucle',
    help: 'aller et retour, à regarder sans fin',
    silent: 'La boucle n’a pas de son.',
  },
  gif: { label: 'Enregistrer en GIF' },
  webp: { label: 'Enregistrer en WebP' },
  story: {
    label: 'Histoire',
    help: 'toutes les versions de son image',
    text: 'Toutes les versions de cette image, la première d’abord :',
  },
  report: {
    label: 'Signaler',
    help: 'prévient les admins de cette discussion',
    done: 'Merci ! Les admins de cette discussion sont au courant, et peuvent retirer le clip.',
    own: 'Ce clip est à toi : « Supprimer » le retire.',
  },
  more: { label: 'Plus', text: 'Que faire de ce clip ?' },
  show: { label: 'Montrer ici' },
  delete: { label: 'Supprimer', help: 'le retire' },
  details: { label: 'Détails', help: 'sa graine, son coût et ses horaires' },
  retry: { label: 'Réessayer' },
  leave: { label: 'Laisser comme ça' },
};

export const help: Messages['help'] = {
  intro: 'Une image et une ligne de texte font un clip de quelques secondes : « les vagues arrivent, zoom lent ».',
  command: (name, description) => `/${name} : ${description}`,
  under: 'Sous un clip :',
  action: (label, does) => `${label} : ${does}`,
  pictures: (maxMegabytes, minSide) =>
    `Les images sont en JPEG, PNG, WebP, HEIC ou AVIF, jusqu’à ${maxMegabytes} Mo, avec au moins ${minSide} pixels de côté.`,
  free: 'Ici, les clips sont des aperçus sans IA : une caméra se promène sur l’image. Ils ne coûtent rien.',
  paid: (credits) => `Un clip coûte ${countedCredits(credits)} aux responsables de ce bot.`,
};
