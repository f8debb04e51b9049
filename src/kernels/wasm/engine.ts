import { RunError } from '../../errors.js';

/** A compiled module, which any number of kernels (and workers) can run. */
export interface CompiledModule {
  readonly [Symbol.toStringTag]: string;
}

/** Linear memory that threads may share; a page has 64 KiB. */
export interface LinearMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** The part of the engine's WebAssembly interface that is used here; its types come with a browser's only. */
interface Engine {
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<CompiledModule>;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => LinearMemory;
  readonly Instance: new (module: CompiledModule, imports: object) => { readonly exports: unknown };
}

/** Throws RunError where the engine has no WebAssembly. */
export function engine(): Engine {
  const { WebAssembly } = globalThis as { WebAssembly?: Engine };
  if (WebAssembly === undefined) throw unsupported('has no WebAssembly');
  return WebAssembly;
}

/** Throws RunError where the engine cannot run the module: without SIMD or shared memory, or given damaged bytes. */
export async function compile(bytes: Uint8Array): Promise<CompiledModule> {
  const { validate, compile: compileBytes } = engine();
  if (!validate(SIMD_PROBE)) throw unsupported('has no WebAssembly SIMD');
  if (!validate(SHARED_PROBE)) throw unsupported('has no shared WebAssembly memory');
  if (!validate(bytes)) throw new RunError('the WebAssembly kernels are damaged');
  return compileBytes(bytes);
}

function unsupported(what: string): RunError {
  return new RunError(`this JavaScript engine ${what}`, { hint: 'Node 20 and newer have what is needed' });
}

/** A module of one function, which puts a number into the lanes of a vector and drops it: valid only where there are vectors. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 4, 1, 96, 0, 0], // type: () → ()
  ...[3, 2, 1, 0], // one function of that type
  ...[10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11], // i32.const 0; i8x16.splat; drop
);

/** A module of one shared memory of a page: valid only where threads can share memory. */
const SHARED_PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...[5, 4, 1, 3, 1, 1]);
