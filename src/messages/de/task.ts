import type { TaskMessages } from '../en/index.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant } from './say.ts';

const options = optionsIn({
  length: (s) => `${s} s`,
  withSound: (s) => `${s} s mit Ton`,
  motion: (n) => `Bewegung ${n}`,
  seed: (n) => `Seed ${n}`,
  seedsFrom: (n) => `Seeds ab ${n}`,
  shapes: commands.animate.options.shape.choices,
});

export const task: TaskMessages = {
  options,
  endsOn: (notes) =>
    notes.length === 0 ? 'endet mit einem zweiten Bild' : `endet mit einem zweiten Bild (${notes.join(', ')})`,
  clip: (scene) => scene,
  goesOn: {
    inAll: (seconds) => `insgesamt ${seconds} s`,
    isAlone: 'nur der neue Teil: er ließ sich nicht anfügen',
  },
  wordless: 'bewegt sich von selbst',
  doubt:
    'Der Dienst hat nicht gesagt, ob er deine Anfrage angenommen hat. Ein neuer Versuch kostet vielleicht einen zweiten Credit; so lassen kostet nichts mehr.',
  clipAtLink: (link) =>
    `Dein Clip ist fertig, aber dieser Chat nimmt ihn nicht an. Hier kannst du ihn ansehen: ${link}`,
  didNotWork: 'Das hat nicht geklappt.',
  details(d) {
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? 'nichts' : `${d.isSure ? '' : 'höchstens '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `Kosten: ${cost}`,
      `Angefragt am ${instant(askedAt)}, zu Ende nach ${about(endedAt - askedAt)}`,
      `ID: ${d.id}`,
    ].join('\n');
  },
  shown: (o) => (o.scene === '' ? `Von ${o.author}` : `${o.scene}\n— von ${o.author}`),
  reported: ({ isShown }) =>
    `Jemand hat diesen Clip gemeldet. Wenn er nicht hierher gehört, entfernt „Löschen“ ihn${isShown ? '' : ' überall, wo er gezeigt wurde'}.`,
};
