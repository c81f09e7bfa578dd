/**
 * Plain JavaScript that any Node can load: whatever else is imported may want a newer one, and ends in words that say
 * nothing.
 */

/** The oldest that the program runs on: `engines` in package.json. */
const OLDEST = [20, 19];

/** Why this Node is none for the program, as one sentence; undefined where it is. */
export function oldNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor < (OLDEST[1] ?? 0));
  return isOld
    ? `Kinora needs Node.js ${OLDEST.join('.')} or newer, and this is ${version}. Install a newer one from https://nodejs.org, then run npm install anew.`
    : undefined;
}
