import { setFlagsFromString } from 'node:v8';
import type { Environment } from './streams.js';

/** The versions of V8, those of Node 24 and 26, with which the checks compare every kernel and whole models with vectors of four, byte for byte. */
const CHECKED = ['13.6.', '14.6.'];

/**
 * Lets V8 compute two neighbouring vectors of four floats as one of eight where the processor can, and tells whether it may. That
 * changes no result, but V8 does so only on request as yet, and older versions fail at it: so it is asked for where it is known to work. The
 * environment variable NER_WIDE_VECTORS=0 leaves it off. To be called before kernels are compiled; it holds for the whole process.
 */
export function widenVectors(env: Environment): boolean {
  const { v8_enable_wasm_simd256_revec: built } = process.config.variables as { v8_enable_wasm_simd256_revec?: number };
  const checked = CHECKED.some((version) => process.versions.v8.startsWith(version));
  if (env.NER_WIDE_VECTORS === '0' || !checked || built !== 1) return false;
  setFlagsFromString('--experimental-wasm-revectorize');
  return true;
}
