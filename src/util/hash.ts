import { createHash } from 'node:crypto';

/** SHA-256 as hex digits. What names people or requests in rows that outlive them is hashed with it. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
