import type { Messages } from '../en/index.ts';
import { counted, number, span } from './say.ts';

export const confirm: Messages['confirm'] = {
  over: 'Cette question est trop vieille, ou a déjà sa réponse. Tape à nouveau la commande.',
  notYours: 'Cette question était pour quelqu’un d’autre.',
};

export const privacy: Messages['privacy'] = (kept) =>
  [
    'Ce que je garde de toi, et combien de temps :',
    `• Demandes : ton image et tes mots, ton nom et ton ID, où tu as demandé, et le clip. Elles partent ${span(kept.keepMs)} après la fin du clip ; avec une étoile, elles restent tant qu’il l’a.`,
    kept.service === undefined
      ? '• Les clips sont faits sur cette machine : personne d’autre n’en reçoit rien.'
      : `• Les clips sont faits par ${kept.service}, qui reçoit l’image et les mots, et rien sur toi.`,
    '• Ce que raconte d’autre le fichier d’une image, comme l’endroit où elle a été prise, n’est jamais transmis.',
    '• Étoiles : ton ID à côté du clip, jusqu’à ce que tu retires l’étoile ou que le clip parte.',
    kept.hasLinks
      ? '• Liens : un clip n’a sa page que si tu la demandes, ou si la discussion n’accepte pas le clip, jusqu’à ce que tu la retires ou que le clip parte.'
      : '• Ici, les clips n’ont pas de page sur le web.',
    '• Questions, formulaires et listes en cours : un jour. Des /settings d’une discussion, les dix derniers changements et qui les a faits.',
    `• Ce qui a été dépensé : des nombres, avec ton ID et la discussion seulement sous forme de hash, pendant ${span(kept.spendMs)}.`,
    '• Mes messages restent dans la discussion jusqu’à ce que quelqu’un les supprime. « Supprimer », sous un clip, le retire partout.',
    'Avec /export, tu reçois tes demandes et tes étoiles ; avec /forget, elles partent. Seuls restent ce qui a été dépensé et un blocage par les responsables de ce bot, avec ton ID.',
  ].join('\n');

export const forget: Messages['forget'] = {
  label: 'Oublie-moi',
  asYourself: 'Écris depuis ton propre compte, pas en tant que canal ou groupe, pour que je sache qui oublier.',
  question: ({ isOnePerson, stays = '' }) =>
    isOnePerson
      ? 'Cette page ne sait pas qui est qui, donc tout ce qui a été fait ici part pour de bon, peu importe qui l’a demandé : images, demandes et clips, même avec une étoile, leurs liens, les étoiles données ici et les réglages d’ici. Ce qui est en cours s’arrête. Ce qui a été dépensé reste un moment sous forme de nombre, parce que les limites le comptent.'
      : [
          'J’oublie tout ce qui est à toi, dans toutes les discussions ?',
          'Tes images, tes demandes et tes clips, même avec une étoile, leurs liens, les clips que d’autres ont faits de tes images, les étoiles que tu as données et tes propres réglages partent pour de bon. Ce qui est en cours s’arrête.',
          `Mes messages avec tes clips partent aussi. ${stays}`.trim(),
          'Ce que tu as réglé pour une discussion reste sans ton nom ; ce qui a été dépensé reste un moment sous forme de nombre, sans ton nom, parce que les limites le comptent ; et un blocage par les responsables de ce bot reste.',
        ].join('\n'),
  done: 'D’accord. C’est fait d’ici une à deux minutes ; s’il faut encore arrêter un service, d’ici dix.',
};

export const exported: Messages['exported'] = {
  text: (clips) =>
    `Ce que je garde de toi : ${counted(clips, { one: 'demande', other: 'demandes' })}, de la plus récente à la plus ancienne.`,
  cut: (clips) => `Il y en a plus de ${number(clips)} ; les plus anciennes n’y sont pas.`,
  nothing: 'Je n’ai ni demandes ni étoiles de toi.',
  asYourself: 'Écris depuis ton propre compte, pas en tant que canal ou groupe, pour que je sache ce qui est à toi.',
  tooSoon: 'Tu viens de le demander. Redemande dans une minute.',
};
