/** An error's code: unlike its message it cannot hold an address or a header. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^\w{1,60}$/.test(error.code)
    ? error.code
    : 'no code';
