import type { TaskMessages } from '../en/index.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant } from './say.ts';

const options = optionsIn({
  length: (s) => `${s} s`,
  withSound: (s) => `${s} s con sonido`,
  motion: (n) => `movimiento ${n}`,
  seed: (n) => `semilla ${n}`,
  seedsFrom: (n) => `semillas desde ${n}`,
  shapes: commands.animate.options.shape.choices,
});

export const task: TaskMessages = {
  options,
  endsOn: (notes) =>
    notes.length === 0 ? 'termina en una segunda imagen' : `termina en una segunda imagen (${notes.join(', ')})`,
  clip: (scene) => scene,
  goesOn: {
    inAll: (seconds) => `${seconds} s en total`,
    isAlone: 'solo la parte nueva: no se pudo unir',
  },
  wordless: 'se mueve por sí sola',
  doubt:
    'El servicio no dijo si aceptó tu pedido. Intentarlo otra vez puede costar un segundo crédito; dejarlo así no cuesta nada más.',
  clipAtLink: (link) => `Tu clip está listo, pero este chat no lo admite. Míralo aquí: ${link}`,
  didNotWork: 'No salió.',
  details(d) {
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? 'nada' : `${d.isSure ? '' : 'como máximo '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `Costo: ${cost}`,
      `Pedido el ${instant(askedAt)}, tardó ${about(endedAt - askedAt)}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `De ${o.author}` : `${o.scene}\n— de ${o.author}`),
  reported: ({ isShown }) =>
    `Alguien reportó este clip. Si no debería estar aquí, toca “Borrar” para quitarlo${isShown ? '' : ' de todos los lugares donde se mostró'}.`,
};
