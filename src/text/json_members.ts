/** A member of a JSON object as it is written, numbers to their last digit. */
export interface JsonMember {
  readonly name: string;
  /** `"name":value` */
  readonly text: string;
}

/** The members of an object, given its JSON, which must be valid. */
export function membersOf(json: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = json.indexOf('{') + 1;
  for (;;) {
    while (json[at] !== '"' && json[at] !== '}') at++;
    if (json[at] === '}') return members;
    const begin = at;
    const nameEnd = stringEnd(json, at);
    at = valueEnd(json, nameEnd);
    members.push({ name: JSON.parse(json.slice(begin, nameEnd)), text: json.slice(begin, at).trimEnd() });
  }
}

/** Where the comma or brace stands that ends the value which begins at `at`. */
function valueEnd(json: string, at: number): number {
  let depth = 0;
  for (let i = at; ; i++) {
    const character = json[i];
    if (depth === 0 && (character === ',' || character === '}')) return i;
    if (character === '"') i = stringEnd(json, i) - 1;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
  }
}

/** Where a string ends that begins at `at`, its last quotation mark included. */
function stringEnd(json: string, at: number): number {
  let end = json.indexOf('"', at + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(json: string, at: number): boolean {
  let before = at;
  while (json[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}
