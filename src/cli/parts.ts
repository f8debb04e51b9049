/** Output goes out when it has this many characters. */
const WRITTEN_AT_ONCE = 65_536;

/** Pieces of output, however small, as parts of some size. */
export function* inParts(pieces: Iterable<string>): Generator<string, void, undefined> {
  let out = '';
  for (const piece of pieces) {
    out += piece;
    if (out.length < WRITTEN_AT_ONCE) continue;
    yield out;
    out = '';
  }
  if (out !== '') yield out;
}
