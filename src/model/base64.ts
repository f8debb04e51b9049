import type { FloatArray } from '../kernels/kernels.js';

/** Bytes encoded in one go: a multiple of 3, so that the pieces join without padding between them. */
const PIECE = 0x6000;

/** The weights as base64 of little-endian float32, whatever the precision and byte order of the machine. */
export function encodeWeights(weights: FloatArray): string {
  const bytes = new Uint8Array(weights.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < weights.length; i++) view.setFloat32(i * 4, weights[i], true);
  let text = '';
  for (let start = 0; start < bytes.length; start += PIECE) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + PIECE)));
  }
  return text;
}

/** Reads what `encodeWeights` wrote into `weights`. Returns whether the text holds exactly as many numbers. */
export function decodeWeights(text: string, weights: FloatArray): boolean {
  if (text.length !== Math.ceil((weights.length * 4) / 3) * 4 || !BASE64.test(text)) return false;
  const bytes = new Uint8Array(weights.length * 4);
  const piece = (PIECE / 3) * 4;
  for (let start = 0; start < text.length; start += piece) {
    const decoded = atob(text.slice(start, start + piece));
    const at = (start / 4) * 3;
    if (at + decoded.length !== Math.min(at + PIECE, bytes.length)) return false;
    for (let i = 0; i < decoded.length; i++) bytes[at + i] = decoded.charCodeAt(i);
  }
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < weights.length; i++) weights[i] = view.getFloat32(i * 4, true);
  return true;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
