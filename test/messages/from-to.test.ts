import { expect, test } from 'vitest';
import { saysFromTo } from '../../src/messages/typed.ts';

test.each([
  'From day to night',
  'von Tag zu Nacht, langsam',
  'Vom Morgen bis zum Abend',
  'de la noche al amanecer',
  'do dia para a noite',
  'du jour à la nuit',
  'от дня к ночи',
  'из лета в зиму',
  '昼から夜へ',
  'day → night',
  '->',
])('"%s" goes from one picture to the other', (text) => expect(saysFromTo(text)).toBe(true));

test.each([
  'waves roll in, slow zoom',
  'a bird flies from left to right',
  'Fromage melts to the left',
  'Wellen rollen heran, von links nach rechts',
  'las olas llegan de la playa a la roca',
  'волны набегают',
  '波が打ち寄せる',
  '',
])('"%s" is a scene of one picture', (text) => expect(saysFromTo(text)).toBe(false));
