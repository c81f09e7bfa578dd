import { signal } from '@preact/signals';
import type { About } from '../view.ts';

/** What the server takes and offers; nothing until it has said so: it looks at everything again anyway. */
export const about = signal<About | undefined>(undefined);
