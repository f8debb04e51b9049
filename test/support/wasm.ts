import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type KernelOptions, WasmKernels } from '../../src/kernels/wasm.js';

const FILE = fileURLToPath(new URL('../../dist/kernels.wasm', import.meta.url));

/** The bytes of the compiled kernels. */
export function wasmBytes(): Uint8Array {
  if (!existsSync(FILE)) throw new Error('dist/kernels.wasm is missing: run `npm run build:kernels` before the tests');
  return readFileSync(FILE);
}

const compiled = await WasmKernels.compile(wasmBytes());

/** Kernels with memory of their own. */
export function wasmKernels(options: KernelOptions = {}): WasmKernels {
  return WasmKernels.of(compiled, options);
}
