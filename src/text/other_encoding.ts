/** What bytes are that are not plain UTF-8, and the command that makes them so. */
export interface OtherEncoding {
  readonly what: string;
  readonly hint: string;
}

/** Compressed files by the bytes that they begin with, and no text does. */
const PACKED: readonly (readonly [magic: readonly number[], by: string, command: string])[] = [
  [[0x1f, 0x8b], 'gzip', 'gunzip -k'],
  [[0x50, 0x4b, 0x03, 0x04], 'zip', 'unzip'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'xz', 'unxz -k'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd', 'unzstd'],
  [[0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 'bzip2', 'bunzip2 -k'],
];

/** Byte order marks; that of UTF-32 begins with that of UTF-16. */
const MARKS: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0x00, 0x00], 'UTF-32'],
  [[0x00, 0x00, 0xfe, 0xff], 'UTF-32'],
  [[0xff, 0xfe], 'UTF-16'],
  [[0xfe, 0xff], 'UTF-16'],
];

/** What the first bytes of a file say of it; undefined where they may be UTF-8. */
export function otherEncoding(start: Uint8Array): OtherEncoding | undefined {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, i) => start[i] === byte);
  const packed = PACKED.find(([magic]) => begins(magic));
  if (packed !== undefined) return { what: `compressed with ${packed[1]}`, hint: `unpack it: ${packed[2]} FILE` };
  const encoding = MARKS.find(([mark]) => begins(mark))?.[1] ?? unmarkedUtf16(start.subarray(0, LOOKED_AT));
  if (encoding === undefined) return undefined;
  return {
    what: `${encoding.replace(/[BL]E$/, '')}, not UTF-8`,
    hint: `save it as UTF-8, or convert it: iconv -f ${encoding} -t UTF-8`,
  };
}

/** Bytes of a file that are looked at where it has no mark: an even number. */
const LOOKED_AT = 256;

/**
 * UTF-16 without a mark: Latin letters, and the blanks and line feeds of any script, have a zero in the higher byte. What it spells must
 * be characters that texts have; where most are not Latin, it must also be no text of single bytes among which zeros strayed.
 */
function unmarkedUtf16(start: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | undefined {
  const bytes = start.subarray(0, start.length & ~1);
  const zeros = [0, 0];
  bytes.forEach((byte, i) => {
    if (byte === 0) zeros[i & 1]++;
  });
  const [even, odd] = zeros;
  if (even === odd) return undefined;
  const encoding = even < odd ? 'UTF-16LE' : 'UTF-16BE';
  if (!spellsText(bytes, encoding)) return undefined;
  const isLatin = 4 * Math.max(even, odd) >= bytes.length;
  const others = bytes.filter((byte) => byte !== 0);
  return isLatin || !spellsText(others, 'utf-8') ? encoding : undefined;
}

/** Whether bytes are characters that texts have; the last may be cut. */
function spellsText(bytes: Uint8Array, encoding: string): boolean {
  return !/[^\P{C}\t\n\r]|\uFFFD/u.test(new TextDecoder(encoding).decode(bytes, { stream: true }));
}
