/** Strings as one text, each ended by a line feed; `\` and line feeds within them are escaped. */
export function joinLines(strings: Iterable<string>): string {
  let text = '';
  for (const string of strings) text += `${/[\\\n]/.test(string) ? escapeLine(string) : string}\n`;
  return text;
}

/** What `joinLines` joined. Throws RangeError if it is no such text. */
export function splitLines(text: unknown): string[] {
  if (typeof text !== 'string' || (text !== '' && !text.endsWith('\n'))) throw new RangeError('its lines end early');
  const lines = text.split('\n');
  lines.pop();
  return text.includes('\\') ? lines.map(unescapeLine) : lines;
}

function escapeLine(string: string): string {
  return string.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function unescapeLine(line: string): string {
  return line.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** The members of a JSON object. Throws RangeError if it is none. */
export function membersOf(state: unknown): { readonly [name: string]: unknown } {
  if (typeof state !== 'object' || state === null || Array.isArray(state))
    throw new RangeError('it has learned nothing');
  return state as { readonly [name: string]: unknown };
}
