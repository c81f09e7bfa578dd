import { PlainError } from '../util/plain-error.ts';

/** The copy cannot be made as things stand; one plain sentence. */
export class CopyRefused extends PlainError {
  override name = 'CopyRefused';
}
