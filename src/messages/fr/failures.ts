import type { Failure } from '../../task/failure.ts';
import type { Messages } from '../en/index.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'Le service n’accepte plus de clips de ce bot pour le moment.';
const ASK_OPERATOR = 'Demande aux responsables du bot.';

export const failure: Messages['failure'] = (f, cost) => {
  const unspent = cost > 0 ? 'Rien n’a été dépensé.' : '';
  const perhapsSpent = cost > 0 ? 'Ça a peut-être coûté un crédit.' : '';
  return sentences(partsOf(f, { unspent, perhapsSpent }));
};

const sentences = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function partsOf(f: Failure, { unspent, perhapsSpent }: { unspent: string; perhapsSpent: string }): string[] {
  switch (f.type) {
    case 'bad-picture':
      return [picture(f.picture), unspent];
    case 'moderation':
      return [MODERATION[f.about ?? 'either'].what, saying(f), MODERATION[f.about ?? 'either'].todo];
    case 'bad-input':
      return [BAD_INPUT[f.about ?? 'either'].what, saying(f), BAD_INPUT[f.about ?? 'either'].todo];
    case 'try-another':
      return ['Le service n’a rien pu en faire.', saying(f), 'Essaie une autre image ou une autre scène.'];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['Le service est resté trop longtemps sans répondre.', unspent, 'Réessaie plus tard.'];
    case 'undeliverable':
      return ['Ton clip est prêt, mais il n’a pas pu être envoyé ici.'];
    case 'picture-gone':
      return ['Impossible de récupérer l’image : elle a été supprimée, ou son lien a expiré.', unspent, 'Renvoie-la.'];
    case 'job-gone':
      return ['Le service a perdu cette demande en chemin.', perhapsSpent, 'Réessaie.'];
    case 'deadline':
      return ['Le service n’a pas fini à temps.', perhapsSpent, 'Réessaie plus tard.'];
    case 'clip-unfetched':
      return [
        'Le service a fait ton clip, mais impossible de le récupérer.',
        perhapsSpent,
        'Les responsables du bot trouveront la cause dans son journal.',
      ];
    case 'doubt':
      return ['On ne sait pas si le service a pris cette demande, alors je l’ai laissée comme elle est.', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? [
            'Le disque de la machine qui fait tourner ce bot est plein.',
            unspent,
            'Réessaie quand il y aura de la place.',
          ]
        : ['Quelque chose cloche dans ce bot, pas dans ta demande.', unspent, 'Son journal en dit plus.'];
  }
}

const saying = ({ reason }: { reason?: string }): string => (reason === undefined ? '' : `Il dit : « ${reason} ».`);

const MODERATION = {
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
};

const BAD_INPUT = {
  scene: { what: 'Le service n’a pas accepté les mots de la scène.', todo: 'Essaie une scène plus courte.' },
  picture: { what: 'Le service n’a pas accepté l’image.', todo: 'Essaie une autre image.' },
  either: {
    what: 'Le service n’a pas accepté cette demande.',
    todo: 'Essaie une scène plus courte ou une autre image.',
  },
};
