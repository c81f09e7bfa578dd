/** An error that the operator can do something about. Programs show its message, a plain sentence, without a stack. */
export class PlainError extends Error {}
