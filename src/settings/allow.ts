/** What ALLOW may name on a platform. */
interface Spendable {
  name: string;
  spenders?: string;
  spenderForm?: RegExp;
}

/** The entries of ALLOW that let nobody in, a line each: the name of a server or user stands for nobody, its number does. */
export function checkAllow(allow: readonly string[], platforms: readonly Spendable[]): string[] {
  const open = platforms.filter(({ spenders }) => spenders !== undefined);
  const forms = open.map(({ name, spenders }) => `${name}:<${spenders}>`).join(', ');
  return allow.flatMap((entry) => {
    if (entry === '*') return [];
    const platform = open.find(({ name }) => entry.startsWith(`${name}:`));
    if (!platform) return [`ALLOW: "${entry}" lets nobody in: it takes ${forms}, or * for everybody`];
    const { name, spenders, spenderForm } = platform;
    const id = entry.slice(name.length + 1);
    if (id !== '' && (spenderForm?.test(id) ?? true)) return [];
    return [`ALLOW: "${entry}" lets nobody in: ${name}: wants the number of a ${spenders} behind it, not a name`];
  });
}

/** The entries of OWNER that are nobody here, a line each. `isOn`: the program is on that platform. */
export function checkOwners(
  owners: readonly string[],
  platforms: readonly (Spendable & { needs?: string; isOn: boolean })[],
): string[] {
  const open = platforms.filter(({ spenders }) => spenders !== undefined);
  const forms = open.map(({ name }) => `${name}:<user>`).join(', ');
  return owners.flatMap((entry) => {
    const platform = open.find(({ name }) => entry.startsWith(`${name}:`));
    if (!platform) return [`OWNER: "${entry}" is nobody: it takes ${forms}`];
    const { name, spenderForm, needs, isOn } = platform;
    if (spenderForm?.test(entry.slice(name.length + 1)) === false)
      return [`OWNER: "${entry}" is nobody: ${name}: wants the number of a user behind it`];
    return isOn ? [] : [`OWNER: "${entry}" cannot be heard: ${needs ?? name} is not set`];
  });
}
