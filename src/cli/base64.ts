import { hasLengthFor } from '../model/base64.js';

/** `Base64Encoder` by Node's own, twice as fast. */
export function encodeBase64(bytes: Uint8Array, characters: Uint8Array): void {
  const [from, to] = [asBuffer(bytes), asBuffer(characters)];
  let written = 0;
  for (let start = 0; start < from.length; start += PIECE_BYTES) {
    written += to.write(from.toString('base64', start, start + PIECE_BYTES), written, 'latin1');
  }
}

/** `Base64Decoder` by Node's own, three times as fast in a program that has just started. */
export function decodeBase64(characters: Uint8Array, bytes: Uint8Array): boolean {
  // Node's decoder leaves out what is no base64, so that too few bytes come, and reads the letters of base64url
  if (!hasLengthFor(characters, bytes.length) || characters.includes(HYPHEN) || characters.includes(UNDERSCORE)) {
    return false;
  }
  const [from, to] = [asBuffer(characters), asBuffer(bytes)];
  let written = 0;
  for (let start = 0; start < from.length; start += PIECE) {
    const text = from.toString('latin1', start, start + PIECE);
    written += to.write(text, (start / 4) * 3, 'base64');
  }
  return written === bytes.length;
}

/** Characters written or read in one go: a multiple of 4, and few enough that their string's memory is soon used again. */
const PIECE = 0x10000;
const PIECE_BYTES = (PIECE / 4) * 3;

const HYPHEN = 45;
const UNDERSCORE = 95;

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
