/** Strings as one text, each ended by a line feed; `\` and line feeds within them are escaped. */
export function joinLines(strings: Iterable<string>): string {
  let text = '';
  for (const string of strings) text += `${/[\\\n]/.test(string) ? escapeLine(string) : string}\n`;
  return text;
}

/** A value that is to be what `joinLines` made. Throws RangeError if it is no text whose last line is ended. */
export function linesIn(text: unknown): string {
  if (typeof text !== 'string' || (text !== '' && !text.endsWith('\n'))) throw new RangeError('its lines end early');
  return text;
}

/** How many strings `joinLines` has joined. */
export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** The UTF-16 units of strings, one after the other, and where each begins and the last ends; shape [N+1]. */
export interface Units {
  readonly units: Uint16Array;
  readonly starts: Int32Array;
}

/** The units of the strings that `joinLines` has joined: they are not made. */
export function unitsOf(text: string): Units {
  const units = new Uint16Array(text.length);
  const starts = new Int32Array(countLines(text) + 1);
  let [length, line] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === LINE_FEED) starts[++line] = length;
    else if (unit !== BACKSLASH) units[length++] = unit;
    else units[length++] = text.charCodeAt(++i) === LETTER_N ? LINE_FEED : text.charCodeAt(i);
  }
  return { units, starts };
}

const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;

/** The strings that `joinLines` joined. */
export function splitLines(text: string): string[] {
  const lines = text.split('\n');
  lines.pop();
  if (text.includes('\\'))
    lines.forEach((line, i) => {
      if (line.includes('\\')) lines[i] = unescapeLine(line);
    });
  return lines;
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

/** Numbers as runs of equal ones: [number, how many]. */
export function runsOf(numbers: ArrayLike<number>): [number, number][] {
  const runs: [number, number][] = [];
  for (let i = 0; i < numbers.length; i++) {
    const last = runs.at(-1);
    if (last?.[0] === numbers[i]) last[1]++;
    else runs.push([numbers[i], 1]);
  }
  return runs;
}

/** What `runsOf` was given. Throws RangeError if there are not `length` numbers. */
export function fromRuns(runs: readonly (readonly [number: number, length: number])[], length: number): Int32Array {
  const numbers = new Int32Array(length);
  let at = 0;
  for (const [number, count] of runs) {
    if (at + count > length) throw new RangeError('it has more counts than words');
    numbers.fill(number, at, at + count);
    at += count;
  }
  if (at < length) throw new RangeError('it has fewer counts than words');
  return numbers;
}
