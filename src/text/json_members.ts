/** A member of a JSON object as it is written, numbers to their last digit. */
export interface JsonMember {
  readonly name: string;
  /** `"name":value` */
  readonly text: string;
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
/** What is neither a string nor opens, closes or ends anything. */
const PLAIN = /[^"[\]{},]+/y;

/** The members of an object, given its JSON, which must be valid. */
export function membersOf(json: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = json.indexOf('{') + 1;
  for (;;) {
    while (json[at] !== '"' && json[at] !== '}') at++;
    if (json[at] === '}') return members;
    const begin = at;
    const nameEnd = after(STRING, json, at);
    at = valueEnd(json, nameEnd);
    members.push({ name: JSON.parse(json.slice(begin, nameEnd)), text: json.slice(begin, at).trimEnd() });
  }
}

/** Where the comma or brace stands that ends the value which begins at `at`. */
function valueEnd(json: string, at: number): number {
  let depth = 0;
  for (let i = at; ; ) {
    const character = json[i];
    if (depth === 0 && (character === ',' || character === '}')) return i;
    if (character === '"') {
      i = after(STRING, json, i);
    } else if (character === '[' || character === '{') {
      depth++;
      i++;
    } else if (character === ']' || character === '}') {
      depth--;
      i++;
    } else {
      i = character === ',' ? i + 1 : after(PLAIN, json, i);
    }
  }
}

function after(pattern: RegExp, json: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(json);
  return pattern.lastIndex;
}
