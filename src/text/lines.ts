import { DataError } from '../errors.js';
import { otherEncoding } from './other_encoding.js';

const NEWLINE = 0x0a;
const MEBIBYTE = 1024 * 1024;
/** The longest line that is read, in bytes. */
const MAX_LINE_BYTES = 64 * MEBIBYTE;
/** Chunks are decoded in pieces of at most this many bytes, far below the engine's longest string. */
const PIECE_BYTES = 16 * MEBIBYTE;

interface LineDecoderOptions {
  /** The longest line allowed, in bytes; 64 MiB if not given. */
  readonly maxLineBytes?: number;
}

/**
 * Turns a stream of UTF-8 bytes into lines, whatever the chunks they arrive in.
 *
 * A line ends at `\n` or `\r\n` and at nothing else: U+0085, U+2028 and a lone `\r` are characters of the line. A byte
 * order mark at the very start is dropped. Only whole lines are decoded, so no character is ever cut by a chunk.
 */
export class LineDecoder {
  readonly #source: string;
  readonly #maxLineBytes: number;
  // A later U+FEFF is a character of the text, so the decoder must not drop it at the start of every piece.
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #linesDone = 0;

  constructor(source: string, options: LineDecoderOptions = {}) {
    this.#source = source;
    this.#maxLineBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  }

  /**
   * The lines that these bytes complete. The chunk may be reused by the caller afterwards.
   * @throws DataError at invalid UTF-8, a NUL byte, a beginning in another encoding or packed, or a line beyond the bound
   */
  push(chunk: Uint8Array): string[] {
    if (chunk.length <= PIECE_BYTES) return this.#pushPiece(chunk);
    const lines: string[] = [];
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      for (const line of this.#pushPiece(chunk.subarray(start, start + PIECE_BYTES))) lines.push(line);
    }
    return lines;
  }

  /**
   * The last line, if the input did not end with a line's end.
   * @throws DataError as `push` does
   */
  end(): string[] {
    return this.#pendingBytes === 0 ? [] : this.#decode(this.#takePending(new Uint8Array(0)));
  }

  #pushPiece(piece: Uint8Array): string[] {
    if (this.#linesDone === 0 && this.#pendingBytes === 0) this.#refuseOtherEncoding(piece);
    if (piece.includes(0)) this.#refuseBinary(piece);
    const end = piece.lastIndexOf(NEWLINE) + 1;
    const lines = end === 0 ? [] : this.#decode(this.#takePending(piece.subarray(0, end)));
    if (end < piece.length) this.#pending.push(piece.slice(end));
    this.#pendingBytes += piece.length - end;
    if (this.#pendingBytes > this.#maxLineBytes) this.#refuseLongLine(this.#linesDone + 1);
    return lines;
  }

  #takePending(rest: Uint8Array): Uint8Array {
    if (this.#pendingBytes === 0) return rest;
    const bytes = new Uint8Array(this.#pendingBytes + rest.length);
    let at = 0;
    for (const part of [...this.#pending, rest]) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    return bytes;
  }

  /** Decodes whole lines, each but perhaps the last one of the input with its end. */
  #decode(bytes: Uint8Array): string[] {
    if (bytes.length > this.#maxLineBytes) this.#checkLengths(bytes);
    const text = this.#decodeText(bytes);
    const lines = text.split('\n');
    const ended = text.includes('\r') ? lines.length - 1 : 0;
    for (let i = 0; i < ended; i++) if (lines[i].endsWith('\r')) lines[i] = lines[i].slice(0, -1);
    if (bytes[bytes.length - 1] === NEWLINE) lines.pop();
    if (this.#linesDone === 0 && lines[0].startsWith('\uFEFF')) lines[0] = lines[0].slice(1);
    this.#linesDone += lines.length;
    return lines;
  }

  #decodeText(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return this.#refuseInvalid(bytes);
    }
  }

  #checkLengths(bytes: Uint8Array): void {
    let line = this.#linesDone + 1;
    for (let start = 0; start < bytes.length; line++) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline === -1 ? bytes.length : newline;
      if (end - start > this.#maxLineBytes) this.#refuseLongLine(line);
      start = end + 1;
    }
  }

  #refuseInvalid(bytes: Uint8Array): never {
    const bad = firstInvalidByte(bytes);
    const column = bad - bytes.subarray(0, bad).lastIndexOf(NEWLINE);
    const value = bytes[bad].toString(16).toUpperCase().padStart(2, '0');
    throw new DataError(`invalid UTF-8 at byte ${column} of the line (0x${value})`, {
      at: { source: this.#source, line: this.#linesDone + 1 + countNewlines(bytes.subarray(0, bad)) },
      hint: 'the text must be UTF-8; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8',
    });
  }

  #refuseOtherEncoding(start: Uint8Array): void {
    const other = otherEncoding(start);
    if (other === undefined) return;
    throw new DataError(`this is ${other.what}`, { at: { source: this.#source }, hint: other.hint });
  }

  #refuseBinary(piece: Uint8Array): never {
    const line = this.#linesDone + 1 + countNewlines(piece.subarray(0, piece.indexOf(0)));
    throw new DataError('looks like a binary file: it holds a NUL byte', { at: { source: this.#source, line } });
  }

  #refuseLongLine(line: number): never {
    const max = this.#maxLineBytes;
    const bound = max % MEBIBYTE === 0 ? `${max / MEBIBYTE} MiB` : `${max} bytes`;
    throw new DataError(`a line longer than ${bound}`, {
      at: { source: this.#source, line },
      hint: 'is it text? then cut it into shorter lines',
    });
  }
}

/**
 * The lines of a whole file.
 * @throws DataError as `LineDecoder.push` does
 */
export function decodeLines(bytes: Uint8Array, source: string): string[] {
  const decoder = new LineDecoder(source);
  const lines = decoder.push(bytes);
  lines.push(...decoder.end());
  return lines;
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === NEWLINE) count++;
  return count;
}

/** The offset of the first byte that is not part of valid UTF-8, in bytes that hold one. */
function firstInvalidByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let offset = 0;
  let done = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    offset += encoder.encode(text.slice(done, at)).length;
    done = at;
    // A U+FFFD that stands in the input as such is valid.
    if (!(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)) return offset;
  }
  throw new Error('no invalid byte found');
}
