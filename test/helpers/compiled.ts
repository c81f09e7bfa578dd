/** What Node runs for a TypeScript file of the repository: what `compile.js` made of it before this run. */
export const compiled = (path: string): string[] => ['--enable-source-maps', `dist/${path.replace(/\.ts$/, '.js')}`];
