import { test } from 'vitest';
import { PAID } from '../providers/support/paid.ts';
import { throughAStorm } from './storm.ts';

// Two hundred each: storm.long.test.ts.
test.each(PAID)(
  'some tasks through a storm at $name: none paid twice, none forgotten',
  (service) => throughAStorm(service, 25),
  120_000,
);
