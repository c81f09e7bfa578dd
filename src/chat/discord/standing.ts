/** For the operator, where Discord knows no bot of this token. */
export const BAD_TOKEN =
  'Discord does not take DISCORD_TOKEN. Copy the token anew from the page "Bot" of your application.';

/** The end of a line about the connection. */
export const standing = ({ tag, servers }: { tag: string; servers: number }): string =>
  `as ${tag} in ${servers} ${servers === 1 ? 'server' : 'servers'}`;
