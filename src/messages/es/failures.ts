import type { Failure } from '../../task/failure.ts';
import type { Messages } from '../en/index.ts';
import { picture } from './pictures.ts';

const NO_MORE_CLIPS = 'El servicio no acepta más clips de este bot por ahora.';
const ASK_OPERATOR = 'Pregunta a quienes manejan el bot.';

export const failure: Messages['failure'] = (f, cost) => {
  const unspent = cost > 0 ? 'No se gastó nada.' : '';
  const perhapsSpent = cost > 0 ? 'Puede que haya costado un crédito.' : '';
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
      return ['El servicio no pudo hacer nada con esto.', saying(f), 'Prueba con otra imagen u otra escena.'];
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model':
      return [NO_MORE_CLIPS, unspent, ASK_OPERATOR];
    case 'transient':
      return ['El servicio estuvo sin responder demasiado tiempo.', unspent, 'Prueba otra vez más tarde.'];
    case 'undeliverable':
      return ['Tu clip está listo, pero no se pudo enviar aquí.'];
    case 'picture-gone':
      return ['No pude traer la imagen: la borraron, o su enlace caducó.', unspent, 'Envíala otra vez.'];
    case 'job-gone':
      return ['El servicio perdió este pedido a medio camino.', perhapsSpent, 'Prueba otra vez.'];
    case 'deadline':
      return ['El servicio no terminó a tiempo.', perhapsSpent, 'Prueba otra vez más tarde.'];
    case 'clip-unfetched':
      return [
        'El servicio hizo tu clip, pero no pude traerlo de ahí.',
        perhapsSpent,
        'Quienes manejan el bot verán la causa en su registro.',
      ];
    case 'doubt':
      return ['Nadie sabe si el servicio aceptó este pedido, así que lo dejé como está.', perhapsSpent];
    case 'broken':
      return f.why === 'disk-full'
        ? [
            'El disco del equipo donde corre este bot está lleno.',
            unspent,
            'Prueba otra vez cuando haya espacio en él.',
          ]
        : ['Algo anda mal en este bot, no en tu pedido.', unspent, 'Su registro dice más.'];
  }
}

const saying = ({ reason }: { reason?: string }): string => (reason === undefined ? '' : `Dice: “${reason}”.`);

const MODERATION = {
  scene: {
    what: 'El servicio rechazó las palabras de la escena por sus reglas de contenido.',
    todo: 'Prueba con otras palabras.',
  },
  picture: {
    what: 'El servicio rechazó la imagen por sus reglas de contenido.',
    todo: 'Prueba con otra imagen.',
  },
  either: {
    what: 'El servicio rechazó la escena o la imagen por sus reglas de contenido.',
    todo: 'Prueba con otras palabras u otra imagen.',
  },
};

const BAD_INPUT = {
  scene: { what: 'El servicio no aceptó las palabras de la escena.', todo: 'Prueba con una escena más corta.' },
  picture: { what: 'El servicio no aceptó la imagen.', todo: 'Prueba con otra imagen.' },
  either: { what: 'El servicio no aceptó este pedido.', todo: 'Prueba con una escena más corta u otra imagen.' },
};
