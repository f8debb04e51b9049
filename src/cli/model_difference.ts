/** What differs first in two model files, which have a member or a parameter a line: `weight 5 of parameter U`, `tags`. */
export function firstDifference(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, i) => line !== others[i]);
  const [line, second] = [lines[at] ?? '', others[at] ?? ''];
  const head = PARAMETER.exec(line);
  if (head !== null && second.startsWith(head[0])) {
    const [weights, others] = [line, second].map((text) => Buffer.from(text.slice(head[0].length), 'base64'));
    const byte = weights.findIndex((value, i) => value !== others[i]);
    return `weight ${weightAt(byte, head)} of parameter ${head[1]}`;
  }
  return MEMBER.exec(line)?.[1] ?? MEMBER.exec(second)?.[1] ?? 'the layout';
}

const PARAMETER = /^\{"name":"([^"]*)","shape":\[(\d+),(\d+)\],"type":"(\w+)","data":"/;
const MEMBER = /^\{?"(\w+)":/;

/** Which weight a byte of a parameter's data belongs to; the scale of a row counts as its first. */
function weightAt(byte: number, [, , rows, columns, type]: readonly string[]): number {
  if (type !== 'int8') return Math.floor(byte / (type === 'float16' ? 2 : 4));
  const scales = 2 * Number(rows);
  return byte < scales ? (byte >> 1) * Number(columns) : byte - scales;
}
