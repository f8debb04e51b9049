import { setFlagsFromString } from 'node:v8';
import type { Environment } from './streams.js';

/** The versions of V8 (in Node 24 and 26) whose results are compared, byte for byte and over all kernels, with those of vectors of four. */
const COMPARED = ['13.6.', '14.6.'];

/** What is to be known of a version of Node: which V8 it has, and how that was built. */
interface Engine {
  readonly versions: { readonly v8: string };
  readonly config: { readonly variables: object };
}

/**
 * Lets V8 compute two neighbouring vectors of four floats as one of eight, where the processor has such, and tells whether it may. To be
 * called before kernels are compiled; it holds for the whole process.
 */
export function widenVectors(env: Environment): boolean {
  const wide = canWidenVectors(env, process);
  if (wide) setFlagsFromString('--experimental-wasm-revectorize');
  return wide;
}

/**
 * Joining vectors changes no result, but V8 still does so on request alone, and earlier versions fail at it: it is asked for where
 * it is known to work, unless the environment says NER_WIDE_VECTORS=0.
 */
export function canWidenVectors(env: Environment, { versions, config }: Engine): boolean {
  const { v8_enable_wasm_simd256_revec: built } = config.variables as { v8_enable_wasm_simd256_revec?: number };
  return env.NER_WIDE_VECTORS !== '0' && built === 1 && COMPARED.some((version) => versions.v8.startsWith(version));
}
