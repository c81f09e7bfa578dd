/** A server to measure on; each measurement has a database of its own there. */
export interface Where {
  /** The server's own word for what it is. */
  name: string;
  /** Its time says something: it is MongoDB itself. */
  real: boolean;
  /** The address of a database that nobody has used. */
  fresh(): string;
}
