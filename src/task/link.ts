/** The address of a clip's own page, which whoever has its token sees; `publicUrl`: where people reach this bot from outside. */
export const linkTo = (token: string, publicUrl: string): string => new URL(`/c/${token}`, publicUrl).href;
