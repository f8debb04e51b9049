import { visible } from './visible.js';

const SPACE = /[ \t\n\r]*/y;
/** RFC 8259: a mark, or a number or word. */
const TOKEN = /[{}[\],:]|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE_CODE = 0x20;

/** UTF-16 units of a wrong word that are shown. */
const MOST_SHOWN = 20;

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/** Where a text is no JSON, and what it should have there. */
export interface JsonError {
  /** From 0, in UTF-16 units: of the first token that cannot stand where it does, or the end of the text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** `not valid JSON at column 5: expected a value, found }`; columns count UTF-16 units from 1. */
  readonly message: string;
}

/** The value of a text, or why it has none, told in the same words by every release of every engine. */
export function parseJson(json: string): { readonly value: unknown } | { readonly error: JsonError } {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return { error: errorOf(json) };
  }
}

/** Whether lines that begin with this one are JSON. A column file may begin with a token `{`; a damaged object is recognised by its first key. */
export function beginsJson(line: string): boolean {
  return line.trimStart().startsWith('{') && (/^\s*\{\s*"[^"]*"\s*:/.test(line) || 'value' in parseJson(line));
}

function errorOf(json: string): JsonError {
  const { offset, end, expected, inside } = firstError(json);
  const before = json.slice(0, offset);
  const column = offset - before.lastIndexOf('\n');
  return {
    offset,
    line: before.split('\n').length,
    message: `not valid JSON at column ${column}: expected ${described(expected, inside)}, found ${foundAt(json, offset, end)}`,
  };
}

/** A token that may not stand where it does; it ends where it begins if it is none. */
interface WrongToken {
  readonly offset: number;
  readonly end: number;
  readonly expected: Expected;
  /** The bracket that is open around it. */
  readonly inside: string | undefined;
}

/** Goes from token to token as long as each may follow the one before. */
function firstError(json: string): WrongToken {
  const open: string[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  for (;;) {
    offset = endOf(SPACE, json, offset);
    const end = json[offset] === '"' ? stringEnd(json, offset) : endOf(TOKEN, json, offset);
    const inside = open[open.length - 1];
    const next: Expected | undefined = end === offset ? undefined : after(json[offset], expected, open);
    if (next === undefined) return { offset, end, expected, inside };
    expected = next;
    offset = end;
  }
}

function described(expected: Expected, inside: string | undefined): string {
  switch (expected) {
    case 'value':
      return 'a value';
    case 'value or end':
      return 'a value or ]';
    case 'key':
      return 'a name in double quotes';
    case 'key or end':
      return 'a name in double quotes or }';
    case 'colon':
      return ':';
    case 'comma or end':
      return inside === undefined ? 'nothing more' : `, or ${inside === '{' ? '}' : ']'}`;
  }
}

/** What stands there, as far as a reader needs it to find the place. */
function foundAt(json: string, offset: number, end: number): string {
  if (offset === json.length) return 'the end';
  if (json[offset] === '"') {
    return end > offset ? 'a string' : 'a string that is not closed, or holds a control character or an unknown escape';
  }
  const [word] = /^(?:[\w.+-]+|.)/su.exec(json.slice(offset, offset + MOST_SHOWN)) ?? [''];
  return visible(word);
}

function endOf(expression: RegExp, text: string, start: number): number {
  expression.lastIndex = start;
  return expression.test(text) ? expression.lastIndex : start;
}

/** The end of the string that begins there, or its beginning if it is none; a loop, since one regular expression for all of a long one overflows. */
function stringEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; ) {
    if (json[at] === '"') return at + 1;
    const end = json[at] === '\\' ? endOf(ESCAPE, json, at) : at + 1;
    if (end === at || json.charCodeAt(at) < SPACE_CODE) return start;
    at = end;
  }
  return start;
}

/** What may follow a token, by its first character; undefined where it may not stand. `open` has the brackets around it. */
function after(token: string, expected: Expected, open: string[]): Expected | undefined {
  const inside = open[open.length - 1];
  switch (expected) {
    case 'key or end':
    case 'key':
      if (token === '"') return 'colon';
      return token === '}' && expected === 'key or end' ? closed(open) : undefined;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma or end':
      if (token === ',' && inside !== undefined) return inside === '{' ? 'key' : 'value';
      return (token === '}' && inside === '{') || (token === ']' && inside === '[') ? closed(open) : undefined;
    case 'value or end':
    case 'value':
      if (token === ']' && expected === 'value or end') return closed(open);
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'key or end' : 'value or end';
      }
      return '}],:'.includes(token) ? undefined : 'comma or end';
  }
}

function closed(open: string[]): Expected {
  open.pop();
  return 'comma or end';
}
