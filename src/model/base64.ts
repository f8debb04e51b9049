/** Characters of so many bytes. */
export function encodedLength(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/**
 * Bytes as base64 (RFC 4648, section 4), given as the bytes of its characters: a string of millions of them would be made only to be
 * encoded again. They go into `characters`, which has `encodedLength(bytes.length)` bytes.
 */
export type Base64Encoder = (bytes: Uint8Array, characters: Uint8Array) => void;

/** `Base64Encoder` for any engine. */
export function encodeBase64(bytes: Uint8Array, characters: Uint8Array): void {
  const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const to = new DataView(characters.buffer, characters.byteOffset, characters.length);
  let i = 0;
  let at = 0;
  for (; i + 4 <= bytes.length; i += 3, at += 4) {
    const group = from.getUint32(i) >>> 8;
    to.setUint32(at, (PAIRS[group >> 12] << 16) | PAIRS[group & 4095]);
  }
  const left = bytes.length - i;
  if (left > 0) {
    const group = (bytes[i] << 16) | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
    to.setUint16(at, PAIRS[group >> 12]);
    characters[at + 2] = left > 1 ? CODES[(group >> 6) & 63] : PADDING;
    characters[at + 3] = left > 2 ? CODES[group & 63] : PADDING;
  }
}

/**
 * Decodes base64, given as the bytes of its characters, into `bytes`. Returns whether it holds exactly
 * as many, with their padding.
 */
export type Base64Decoder = (characters: Uint8Array, bytes: Uint8Array) => boolean;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '='.charCodeAt(0);

/** The code of each character of the alphabet. */
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));

/** The codes of the two characters of each 12 bits, the first in the upper byte. */
const PAIRS = Uint16Array.from({ length: 4096 }, (_, bits) => (CODES[bits >> 6] << 8) | CODES[bits & 63]);

/** The 6 bits that each character stands for, by its code; negative where it stands for none. */
const SEXTETS = new Int8Array(256).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) SEXTETS[ALPHABET.charCodeAt(i)] = i;

/** Whether base64 has the length and the padding that so many bytes call for. */
export function hasLengthFor(characters: Uint8Array, length: number): boolean {
  if (characters.length !== encodedLength(length)) return false;
  for (let i = 1; i <= paddingOf(length); i++) if (characters[characters.length - i] !== PADDING) return false;
  return true;
}

function paddingOf(length: number): number {
  return (3 - (length % 3)) % 3;
}

/** `Base64Decoder` for any engine. */
export function decodeBase64(characters: Uint8Array, bytes: Uint8Array): boolean {
  const { length } = bytes;
  if (!hasLengthFor(characters, length)) return false;
  const padding = paddingOf(length);
  let all = 0;
  let at = 0;
  let i = 0;
  for (; at + 3 <= length; at += 3, i += 4) {
    const group =
      (SEXTETS[characters[i]] << 18) |
      (SEXTETS[characters[i + 1]] << 12) |
      (SEXTETS[characters[i + 2]] << 6) |
      SEXTETS[characters[i + 3]];
    all |= group; // negative once any sextet is
    bytes[at] = group >> 16;
    bytes[at + 1] = group >> 8;
    bytes[at + 2] = group;
  }
  if (padding > 0) {
    const third = padding === 1 ? SEXTETS[characters[i + 2]] : 0;
    const group = (SEXTETS[characters[i]] << 18) | (SEXTETS[characters[i + 1]] << 12) | (third << 6);
    all |= group;
    bytes[at] = group >> 16;
    if (padding === 1) bytes[at + 1] = group >> 8;
  }
  return all >= 0;
}
