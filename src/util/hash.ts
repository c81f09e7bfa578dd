import { createHash } from 'node:crypto';

/** SHA-256 as hex digits. People and requests are named by it in rows that outlive them. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
