import { createHash } from 'node:crypto';
import type { Platform } from '../model/platform.js';
import { decodeBase64, encodeBase64 } from './base64.js';

/** Node's own functions. */
export const NODE = { encodeBase64, decodeBase64, sha256 } as const satisfies Platform;

/** SHA-256 in hexadecimal, without the copy of all bytes that WebCrypto makes, which takes longer than the hash. */
function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
