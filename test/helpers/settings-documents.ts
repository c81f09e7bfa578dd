import { aboutSetting, type SettingsGroup } from '../../src/settings/setting.ts';

/** Columns of .env.example. */
const WIDTH = 118;

/** docs/settings.md, as the declarations have it. */
export function settingsPage(groups: readonly SettingsGroup[]): string {
  const tables = groups.map(({ title, settings }) => {
    const rows = Object.entries(settings).map(([name, schema]) => {
      const { says, unset = 'none' } = aboutSetting(schema);
      const value = defaultOf(schema);
      return [`\`${name}\``, value === '' ? unset : `\`${value}\``, says];
    });
    return `## ${title}\n\n${table([['setting', 'default', 'what it does'], ...rows])}`;
  });
  return `${PAGE_HEAD}\n${tables.join('\n\n')}\n`;
}

/** .env.example: every setting commented out, on its default. */
export function envExample(groups: readonly SettingsGroup[]): string {
  const sections = groups.map(({ title, settings }) => {
    const lines = Object.entries(settings).flatMap(([name, schema]) => {
      const { says, unset } = aboutSetting(schema);
      const sentence = `${says.slice(0, 1).toUpperCase()}${says.slice(1)}${unset === undefined ? '' : `. Default: ${unset}`}.`;
      return [...wrapped(sentence.replaceAll('`', '')), `# ${name}=${defaultOf(schema)}`];
    });
    return [`# --- ${title}`, ...lines].join('\n');
  });
  return `${EXAMPLE_HEAD}\n${sections.join('\n\n')}\n`;
}

/** What the schema makes of nothing, as it would be given. */
function defaultOf(schema: SettingsGroup['settings'][string]): string {
  const value = schema.parse(undefined);
  return value === undefined ? '' : String(value);
}

function table(rows: readonly string[][]): string {
  const [head = [], ...rest] = rows.map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...[head, ...rest].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}

function wrapped(text: string): string[] {
  const lines = ['#'];
  for (const word of text.split(' '))
    if (`${lines.at(-1)} ${word}`.length <= WIDTH) lines.push(`${lines.pop()} ${word}`);
    else lines.push(`# ${word}`);
  return lines;
}

const PAGE_HEAD = `# Settings

All are optional. Put them in a file \`.env\` beside the README (\`cp .env.example .env\`, and take the \`# \` away before what
you set) or in the environment, which wins. What is empty is on its default. A value with a \`$\` or a \`#\` in it goes
between single quotes: \`'…'\`. A key, token or password may be in a file: \`NAME_FILE\` names it.
`;

const EXAMPLE_HEAD = `# Copy to .env, take away the "# " before what you want changed, and fill it in. Everything is optional; what stands
# here is the default. A value with a $ or a # in it goes between single quotes: '…'. docs/settings.md has the same in
# tables; npm run doctor says what is off.
`;
