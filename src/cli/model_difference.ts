/** What differs first in two model files, which have a member or a parameter a line: `weight 5 of parameter U`, `tags`. */
export function firstDifference(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, i) => line !== others[i]);
  const [line, second] = [lines[at] ?? '', others[at] ?? ''];
  const head = PARAMETER.exec(line);
  if (head !== null && second.startsWith(head[0])) {
    const [weights, others] = [line, second].map((text) => Buffer.from(text.slice(head[0].length), 'base64'));
    const byte = weights.findIndex((value, i) => value !== others[i]);
    return `weight ${Math.floor(byte / 4)} of parameter ${head[1]}`;
  }
  return MEMBER.exec(line)?.[1] ?? MEMBER.exec(second)?.[1] ?? 'the layout';
}

const PARAMETER = /^\{"name":"([^"]*)","shape":\[\d+,\d+\],"data":"/;
const MEMBER = /^\{?"(\w+)":/;
