import type { Piece, Span } from './sentence.js';

/** A longer line is read in pieces. */
const LONGEST_PIECE = 10_000;
const TAB = 0x09;
const SPACE = 0x20;
const CARRIAGE_RETURN = 0x0d;

/** A line of tokens with blanks between them, as one sentence; nothing where there is no token. */
export function* tokenPieces(line: string): Generator<Piece, void, undefined> {
  let tokens: string[] = [];
  let from = 0;
  for (let at = skipBlanks(line, 0); at < line.length; ) {
    const end = tokenEnd(line, at);
    tokens.push(line.slice(at, end));
    at = skipBlanks(line, end);
    if (tokens.length < LONGEST_PIECE && at < line.length) continue;
    yield new PieceOfLine(line, from, tokens, at < line.length);
    tokens = [];
    from = at;
  }
}

/** Finds where its tokens stand only when asked, since not every format writes that. */
class PieceOfLine implements Piece {
  constructor(
    private readonly line: string,
    private readonly from: number,
    readonly tokens: readonly string[],
    readonly goesOn: boolean,
  ) {}

  get spans(): Span[] {
    let at = this.from;
    return this.tokens.map(({ length }) => {
      const start = skipBlanks(this.line, at);
      at = start + length;
      return { start, end: at };
    });
  }
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && isBlank(line.charCodeAt(at))) at++;
  return at;
}

function tokenEnd(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isBlank(line.charCodeAt(at))) at++;
  return at;
}

function isBlank(unit: number): boolean {
  // which no file of columns can hold within a token
  return unit === SPACE || unit === TAB || unit === CARRIAGE_RETURN;
}
