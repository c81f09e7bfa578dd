import { computed, type ReadonlySignal } from '@preact/signals';
import { about } from './about.ts';
import { left, mostNow } from './left-today.ts';
import { type Chosen, costOf } from './options.ts';
import { WORDS } from './words.ts';

/** What the button asks for: how many clips, at what price; `''` of one that is free. And what is left of today, where it costs. */
export const orderOf = (pictures: ReadonlySignal<readonly unknown[]>, values: ReadonlySignal<Chosen>) =>
  computed(() => {
    const known = about.value;
    const clips = Math.max(1, pictures.value.length) * Number(values.value.takes ?? 1);
    const each = known ? costOf(known, values.value) : 0;
    const sum = [...(clips > 1 ? [WORDS.clipCount(clips)] : []), ...(each > 0 ? [WORDS.price(clips * each)] : [])];
    const { today, now } = mostNow(left.value, each);
    return {
      clips,
      sum: sum.join(' · '),
      left: each > 0 && today !== undefined ? WORDS.leftToday(today) : '',
      /** So many clips may be asked for at once. */
      most: now,
    };
  });
