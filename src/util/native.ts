/** For packages with a part that is made for one system alone: a `node_modules` that was copied has that of another. */
export const notForThisMachine = (names: readonly string[]): string =>
  `${names.join(' and ')} cannot be loaded on ${process.platform} ${process.arch}. Remove the folder node_modules and run npm install here.`;

/** Whether an error says that a package, or its part for this system, is not there. */
export const isNotInstalled = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ERR_)?(MODULE_NOT_FOUND|DLOPEN_FAILED)$/.test(String(error.code));
