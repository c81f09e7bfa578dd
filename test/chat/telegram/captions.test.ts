import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { animateCommand } from '../../../commands/animate.ts';
import { parseCaption } from '../../../src/chat/telegram/receive/parse-caption.ts';
import { isByItself } from '../../../src/messages/typed.ts';
import { scriptedProvider } from '../../helpers/rig.ts';

const command = animateCommand.offeredBy(scriptedProvider());
const parse = (caption: string) => parseCaption(caption, command, 'en');

describe('a caption that people write is the scene, whole', () => {
  test.each([
    'a frog jumps off the lily pad',
    'the teacher looks strict',
    'the farmer inspects his crop',
    'she signs the pad',
    'the wheat crop sways, then a slow zoom on the seed',
    'a seed sprouts and grows',
    'seed: a tiny seed sprouts',
    'in slow motion: rain',
    'slow motion',
    'motion: the leaves sway gently',
    'a fit athlete starts to run, perfect shape',
    'the form: filled in by an old hand',
    'the helicopter lands on the pad.',
    'music of the 80s',
    'a woman in her 30s smiles',
    'the clock says 10:05',
    'rugby 7s.',
    'a man with the number 5 walks off, 3 others wait',
    'the poster says motion 7 and nothing else',
    'she takes 3 apples',
    'it takes: two to tango',
    'https://example.com/?seed=5&motion=7 falls off the wall',
    'der Lehrer schaut strict',
    'der Frosch springt vom Pad',
    'die Saat geht auf, ein Korn nach dem andern',
    'Form und Farbe zerfließen',
    'die Dauer der Reise: endlos',
    'Bewegung: die Blätter wehen im Wind',
    'der Läufer ist fit',
    'Musik der 70s',
    'el agua toma forma de corazón',
    'la semilla brota despacio',
    'movimiento: las olas llegan',
    'una larga duración, sin fin',
    'el maestro es strict y serio',
    'la niña corre 100 metros',
    'a semente brota devagar',
    'movimento: as ondas chegam',
    'um formato de coração nas nuvens',
    'as versões do mesmo sonho',
    'la graine pousse dans le pot',
    'un format de carte postale',
    'le mouvement : les vagues arrivent',
    'la forme : un cœur dans les nuages',
    'un mouvement lent de caméra',
    'les années 80s',
    'движение воды, медленно',
    'форма облака меняется',
    'семя прорастает: медленно и красиво',
    'длительность пути неизвестна',
  ])('%s', (caption) => expect(parse(caption)).toEqual({ text: caption, given: {} }));

  test.each([
    ['the timer counts down from 10s', { duration: 10 }],
    ['waves roll in 10s', { duration: 10 }],
    ['a hand holds an iPhone 5s', { duration: 5 }],
    ['das Boot fährt vorbei in 10 Sekunden', { duration: 10 }],
    ['el barco pasa en 10 segundos', { duration: 10 }],
    ['лодка проплывает за 10 секунд', { duration: 10 }],
    ['Motion: 7 waves roll in', { motion: 7 }],
  ])('%s: also where its last words are a length, or a number follows a name', (caption, given) =>
    expect(parse(caption)).toEqual({ text: caption, given }),
  );
});

describe('options are named', () => {
  test.each([
    ['waves motion=7 seed=42 duration=10 fit=pad', 'waves', { motion: 7, seed: 42, duration: 10, fit: 'pad' }],
    ['waves, takes=3', 'waves', { takes: 3 }],
    ['waves, shape=tall, fit=pad', 'waves', { shape: 'tall', fit: 'pad' }],
    ['shape: 9:16, waves roll in', 'waves roll in', { shape: 'tall' }],
    ['Wellen rollen, Format=hoch', 'Wellen rollen', { shape: 'tall' }],
    ['motion: 7', '', { motion: 7 }],
    ['duration=10', '', { duration: 10 }],
    ['Shape: PAD, waves roll in', 'waves roll in', { fit: 'pad' }],
    ['waves, motion=7, slow zoom', 'waves, slow zoom', { motion: 7 }],
    ['a pad of motion=7 paper', 'a pad of paper', { motion: 7 }],
    ['waves (motion = 7)', 'waves', { motion: 7 }],
    ['waves\nmotion: 7\nslow zoom', 'waves\nslow zoom', { motion: 7 }],
    ['waves motion: 7 seed: 4', 'waves', { motion: 7, seed: 4 }],
    ['motion=3 waves motion=8', 'waves', { motion: 8 }],
    ['Dauer: 10 Sekunden, Wellen rollen', 'Wellen rollen', { duration: 10 }],
    ['Wellen rollen. Bewegung=3 Form=crop', 'Wellen rollen.', { motion: 3, fit: 'crop' }],
    ['olas, duracion: 10 s, semilla=4', 'olas', { duration: 10, seed: 4 }],
    ['durée : 10 s, les vagues', 'les vagues', { duration: 10 }],
    ['vagues, versions=3, format : pad', 'vagues', { takes: 3, fit: 'pad' }],
    ['ondas, duração: 10 s, semente=4, movimento=2', 'ondas', { duration: 10, seed: 4, motion: 2 }],
    ['ondas, versões=3, formato=crop', 'ondas', { takes: 3, fit: 'crop' }],
    ['波 形=crop', '波', { fit: 'crop' }],
    ['волны, форма: pad, движение=2', 'волны', { fit: 'pad', motion: 2 }],
  ])('%s', (caption, text, given) => expect(parse(caption)).toEqual({ text, given }));

  test.each([
    ['waves, 10s', 'waves'],
    ['waves (10s)', 'waves'],
    ['waves - 10s', 'waves'],
    ['waves\n10 s', 'waves'],
    ['waves. 10 seconds.', 'waves.'],
    ['waves motion=7 10s', 'waves'],
    ['10s', ''],
  ])('or, for a length, set off at the end: %j', (caption, text) =>
    expect(parse(caption)).toMatchObject({ text, given: { duration: 10 } }),
  );
});

describe('a value that an option does not have is said, and never passed over', () => {
  test.each([
    ['waves 15s', 'A clip here lasts 5 or 10 seconds.'],
    ['waves, 30s', 'A clip here lasts 5 or 10 seconds.'],
    ['duration=11', 'A clip here lasts 5 or 10 seconds.'],
    ['Dauer: lang', 'A clip here lasts 5 or 10 seconds.'],
    ['motion: 77', 'Motion goes from 1 (hardly moves) to 10 (moves a lot).'],
    ['waves motion=fast', 'Motion goes from 1 (hardly moves) to 10 (moves a lot).'],
    ['waves motion=7,5', 'Motion goes from 1 (hardly moves) to 10 (moves a lot).'],
    ['waves, seed: yes', 'A seed is a whole number from 0 to 4294967295.'],
    ['waves fit=round', 'Fit is crop (cut to shape), pad (edges added) or strict (no changes).'],
    ['waves shape=round', 'A clip here is wide (16:9) or tall (9:16). Choose one of these, or leave the shape out.'],
    ['waves shape=21:9', 'A clip here is wide (16:9) or tall (9:16). Choose one of these, or leave the shape out.'],
  ])('%s', (caption, sentence) => expect(command.problem(parse(caption).given, 'en')).toBe(sentence));
});

test.each([
  '-',
  ' – ',
  'by itself',
  'By itself.',
  'von selbst',
  'por si solo',
  'Sozinha.',
  'tout seul',
  'Сама по себе',
])('an answer that lets the picture move by itself: %j', (answer) => expect(isByItself(answer)).toBe(true));
test.each(['- waves', 'it moves by itself', '--', '', 'el barco va solo'])('an answer that is a scene: %j', (answer) =>
  expect(isByItself(answer)).toBe(false),
);

describe('whatever is written', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'pad',
      'crop',
      'strict',
      'seed',
      'motion',
      'shape',
      'Dauer',
      'forma',
      '10',
      '5',
      '7',
      'waves',
      'the',
    ),
    fc.constantFrom('(', ')', '-', ',', '.', ';', '!', '\n', '🌊', '@ada', '/start', 'über', 'ночь', '\uffff'),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const letters = (text: string): string =>
    text
      .replaceAll('\uffff', ' ')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? '';

  test('without “=”, “:” or a length no letter of it is lost', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const caption = words.join(' ').replace(/[=:]/g, '');
        fc.pre(!/\d\s*\p{L}+[^\p{L}\p{N}]*$/u.test(caption));
        const { text, given } = parse(caption);
        expect(given).toEqual({});
        expect(letters(text)).toBe(letters(caption));
      }),
    );
  });
  test('a named option in its midst is all that is taken', () => {
    const plain = fc.constantFrom('pad', 'crop', 'strict', 'seed', 'waves', 'the', 'über', 'ночь', '🌊', '10');
    fc.assert(
      fc.property(fc.array(plain), fc.array(plain), (before, after) => {
        const { text, given } = parse([...before, 'motion=7', ...after].join(' '));
        expect(given).toEqual({ motion: 7 });
        expect(text).toBe([...before, ...after].join(' '));
      }),
    );
  });
  test('what is left is read the same once more, and reading never hangs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.constantFrom('=', ':', 'motion=7', 'seed:', '10s')), { maxLength: 30 }),
        (words) => {
          const { text } = parse(words.join(' '));
          expect(text).toBe(text.trim());
          expect(text).not.toContain('\uffff');
        },
      ),
    );
  });
});
