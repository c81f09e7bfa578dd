import type { Messages } from '../en/index.ts';
import { failuresIn } from '../failures.ts';
import { picture } from './pictures.ts';

export const failure: Messages['failure'] = failuresIn({
  gap: ' ',
  picture,
  unspent: 'Rien n’a été dépensé.',
  perhapsSpent: 'Ça a peut-être coûté un crédit.',
  saying: (reason) => `Il dit : « ${reason} ».`,
  moderation: {
    scene: {
      what: 'Le service a refusé les mots de la scène d’après ses règles sur les contenus.',
      todo: 'Essaie d’autres mots.',
    },
    picture: {
      what: 'Le service a refusé l’image d’après ses règles sur les contenus.',
      todo: 'Essaie une autre image.',
    },
    either: {
      what: 'Le service a refusé la scène ou l’image d’après ses règles sur les contenus.',
      todo: 'Essaie d’autres mots ou une autre image.',
    },
  },
  'bad-input': {
    scene: { what: 'Le service n’a pas accepté les mots de la scène.', todo: 'Essaie une scène plus courte.' },
    picture: { what: 'Le service n’a pas accepté l’image.', todo: 'Essaie une autre image.' },
    either: {
      what: 'Le service n’a pas accepté cette demande.',
      todo: 'Essaie une scène plus courte ou une autre image.',
    },
  },
  'try-another': { what: 'Le service n’a rien pu en faire.', todo: 'Essaie une autre image ou une autre scène.' },
  noMoreClips: {
    what: 'Le service n’accepte plus de clips de ce bot pour le moment.',
    todo: 'Demande aux responsables du bot.',
  },
  transient: { what: 'Le service est resté trop longtemps sans répondre.', todo: 'Réessaie plus tard.' },
  'picture-gone': {
    what: 'Impossible de récupérer l’image : elle a été supprimée, ou son lien a expiré.',
    todo: 'Renvoie-la.',
  },
  'last-gone': {
    what: 'Impossible de récupérer la dernière image : elle a été supprimée, ou son lien a expiré.',
    todo: 'Renvoie-la.',
  },
  'job-gone': { what: 'Le service a perdu cette demande en chemin.', todo: 'Réessaie.' },
  deadline: { what: 'Le service n’a pas fini à temps.', todo: 'Réessaie plus tard.' },
  'clip-unfetched': {
    what: 'Le service a fait ton clip, mais impossible de le récupérer.',
    todo: 'Les responsables du bot trouveront la cause dans son journal.',
  },
  undeliverable: 'Ton clip est prêt, mais il n’a pas pu être envoyé ici.',
  doubt: 'On ne sait pas si le service a pris cette demande, alors je l’ai laissée comme elle est.',
  'disk-full': {
    what: 'Le disque de la machine qui fait tourner ce bot est plein.',
    todo: 'Réessaie quand il y aura de la place.',
  },
  broken: { what: 'Quelque chose cloche dans ce bot, pas dans ta demande.', todo: 'Son journal en dit plus.' },
});
