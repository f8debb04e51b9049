/** What bytes are that are not plain UTF-8, and the command that makes them so. */
export interface OtherEncoding {
  readonly what: string;
  readonly hint: string;
}

const GZIP: OtherEncoding = { what: 'compressed with gzip', hint: 'unpack it: zcat FILE | ner … -' };
const UTF16: OtherEncoding = {
  what: 'UTF-16, not UTF-8',
  hint: 'save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8',
};

/** Bytes of a file that are looked at for the zeros that every second byte of UTF-16 is, where the text is of Latin letters. */
const LOOKED_AT = 64;

/** What the first bytes of a file say of it; undefined where they may be UTF-8. */
export function otherEncoding(start: Uint8Array): OtherEncoding | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return GZIP;
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return UTF16;
  return isUnmarkedUtf16(start.subarray(0, LOOKED_AT)) ? UTF16 : undefined;
}

function isUnmarkedUtf16(start: Uint8Array): boolean {
  const pairs = start.length >> 1;
  const zeros = [0, 0];
  for (let i = 0; i < 2 * pairs; i++) if (start[i] === 0) zeros[i & 1]++;
  // four fifths, since some characters of a text are beyond Latin
  return pairs > 1 && Math.min(...zeros) === 0 && 5 * Math.max(...zeros) >= 4 * pairs;
}
