import { readFile } from 'node:fs/promises';
import { RunError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { WasmKernels } from '../kernels/wasm.js';
import { fileError } from './fail.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';
import { widenVectors } from './wide_vectors.js';

// both src/cli and dist/cli are two folders below the package's dist
const MODULE = new URL('../../dist/kernels.wasm', import.meta.url);

/** The fastest kernels that this machine can run: WebAssembly, else, with a warning, plain loops. Throws FileError. */
export async function loadKernels(shell: Shell): Promise<Kernels> {
  const bytes = await readFile(MODULE).catch((error: unknown) => {
    throw fileError(error, MODULE.pathname);
  });
  try {
    return await WasmKernels.create(bytes, { wideVectors: widenVectors(shell.env) });
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    await warn(shell, `${error.message}; going on with plain loops, which are about ten times as slow`);
    const { ReferenceKernels } = await import('../kernels/reference.js');
    return new ReferenceKernels();
  }
}
