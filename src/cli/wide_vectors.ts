import { closeSync, openSync, readSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { Environment } from './streams.js';

/** The versions of V8 (in Node 24 and 26) with which the checks compare kernels and whole models, byte for byte. */
const COMPARED = ['13.6.', '14.6.'];

/** Where Linux says what its processors can do, and more bytes than it has on the first of them. */
const [PROCESSORS, PROCESSOR_BYTES] = ['/proc/cpuinfo', 0x2000];

/** What decides whether vectors can be joined. */
export interface Engine {
  /** Of V8. */
  readonly version: string;
  /** What Node was built with. */
  readonly variables: object;
  /** What the system says of the processor; undefined where it says nothing. */
  processor(): string | undefined;
}

const THIS: Engine = { version: process.versions.v8, variables: process.config.variables, processor: readProcessor };

/**
 * Lets V8 compute two neighbouring vectors of four floats as one of eight, and tells whether it does. To be called before kernels are
 * compiled; it holds for the whole process.
 */
export function widenVectors(env: Environment): boolean {
  const wide = canWidenVectors(env);
  if (wide) setFlagsFromString('--experimental-wasm-revectorize');
  return wide;
}

/**
 * Joining vectors changes no result, but V8 still does so on request alone, and earlier versions fail at it: it is asked for where
 * it is known to work and the processor has such vectors (AVX2), unless the environment says NER_WIDE_VECTORS=0.
 */
export function canWidenVectors(env: Environment, engine: Engine = THIS): boolean {
  const { v8_enable_wasm_simd256_revec: built } = engine.variables as { v8_enable_wasm_simd256_revec?: number };
  if (env.NER_WIDE_VECTORS === '0' || built !== 1) return false;
  if (!COMPARED.some((version) => engine.version.startsWith(version))) return false;
  const processor = engine.processor();
  return processor === undefined || /\bavx2\b/.test(processor);
}

function readProcessor(): string | undefined {
  try {
    const file = openSync(PROCESSORS, 'r');
    try {
      const bytes = Buffer.alloc(PROCESSOR_BYTES);
      return bytes.toString('latin1', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
