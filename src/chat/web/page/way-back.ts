/** The page that asks for the password, which leads back to where its reader is. */
export const loginFor = ({ pathname, search }: { pathname: string; search: string }): string =>
  `/login?${new URLSearchParams({ to: pathname + search })}`;

/** Where one goes from there: a path of this server alone, whatever an address says that somebody made up. */
export function wayBack({ search, origin }: { search: string; origin: string }): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  // Browsers read `\` as `/`, leave tabs and line ends out, and take `//` for the beginning of another host.
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(to) || !URL.canParse(to, origin)) return '/';
  const { origin: there, pathname, search: query } = new URL(to, origin);
  return there === origin && !pathname.startsWith('//') && pathname !== '/login' ? pathname + query : '/';
}
