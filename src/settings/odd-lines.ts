/** An assignment, as a file of settings has it: what stands before and behind the first `=`. */
const ASSIGNMENT = /^\s*(?:export\s+)?([^\s=#:]+)\s*=\s*(.*?)\s*$/;
/** Another language's way to say the same. */
const WITH_COLON = /^\s*(?:export\s+)?(\w+)\s*:/;
const NOTHING = /^\s*(#.*)?$/;
const CURLED = /^[“”„‘’«»]/;

/** The lines of a file of settings that do not do what they seem to, a sentence each. Values may be secret: none is told. */
export function oddLines(text: string, path: string): string[] {
  const last = new Map<string, number>();
  return text.split(/\r?\n/).flatMap((line, index) => {
    const where = `${path}, line ${index + 1}`;
    if (NOTHING.test(line)) return [];
    const [, before] = WITH_COLON.exec(line) ?? [];
    if (before !== undefined) return [`${where}: write ${before}=…, with "=" in place of ":".`];
    const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined) return [`${where} is neither a setting (NAME=value) nor a comment (# …).`];
    const twice = last.get(name);
    last.set(name, index + 1);
    const odd = [
      oddValue(name, value),
      twice === undefined ? undefined : `${name} stands in line ${twice}, too; this one counts.`,
    ];
    return odd.flatMap((sentence) => (sentence === undefined ? [] : [`${where}: ${sentence}`]));
  });
}

function oddValue(name: string, value: string): string | undefined {
  const [quote = ''] = /^["'`]/.exec(value) ?? [];
  if (quote !== '')
    return value.indexOf(quote, 1) > 0 ? undefined : `the ${quote} before the value of ${name} has none behind it.`;
  if (CURLED.test(value)) return `curled quotes are part of the value of ${name}; write '…'.`;
  // A blank before it makes it a comment.
  return /[^\s#]#/.test(value.replace(/\s#.*$/, ''))
    ? `the value of ${name} ends before its #; put it between single quotes: '…'.`
    : undefined;
}
