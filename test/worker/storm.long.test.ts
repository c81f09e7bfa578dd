import { test } from 'vitest';
import { PAID } from '../providers/support/paid.ts';
import { throughAStorm } from './storm.ts';

test.each(PAID)(
  'two hundred tasks through a storm at $name: none paid twice, none forgotten',
  (service) => throughAStorm(service, 200),
  300_000,
);
