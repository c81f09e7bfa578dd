import { describe } from 'vitest';
import { describeMoney } from './money.ts';

describe('with SQLite', () => describeMoney());
