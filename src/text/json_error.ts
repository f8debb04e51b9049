const SPACE = /[ \t\n\r]*/y;
/** RFC 8259: a mark, a string, or a number or word. */
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|\x7f|[\x80-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/uy;

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/**
 * Where a text that is not JSON goes wrong: the offset of the first token that cannot stand where it does, or of the end of
 * the text. (The engine's own message does not always tell.)
 */
export function jsonErrorOffset(json: string): number {
  const open: string[] = [];
  let expected: Expected | undefined = 'value';
  let offset = 0;
  for (;;) {
    offset = endOf(SPACE, json, offset);
    const end = endOf(TOKEN, json, offset);
    expected = end === offset ? undefined : after(json[offset], expected, open);
    if (expected === undefined) return offset;
    offset = end;
  }
}

/** The same as a line and a column, from 1. */
export function jsonErrorPlace(json: string): { readonly line: number; readonly column: number } {
  const before = json.slice(0, jsonErrorOffset(json));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

function endOf(expression: RegExp, text: string, start: number): number {
  expression.lastIndex = start;
  return expression.test(text) ? expression.lastIndex : start;
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
