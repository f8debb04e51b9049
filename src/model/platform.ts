import { sha256 } from '../hash.js';
import { type Base64Decoder, type Base64Encoder, decodeBase64, encodeBase64 } from './base64.js';

/** What a platform may do faster than it can be done on all of them. */
export interface Platform {
  readonly encodeBase64: Base64Encoder;
  readonly decodeBase64: Base64Decoder;
  /** In hexadecimal (FIPS 180-4). */
  readonly sha256: (bytes: Uint8Array) => string | Promise<string>;
}

export const ANY_PLATFORM: Platform = { encodeBase64, decodeBase64, sha256 };
