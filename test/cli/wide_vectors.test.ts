import { expect, it } from '@jest/globals';
import { loadKernels } from '../../src/cli/kernels.js';
import { terminalAt } from '../../src/cli/terminal.js';
import { canWidenVectors, type Engine } from '../../src/cli/wide_vectors.js';
import { WasmKernels } from '../../src/kernels/wasm.js';
import { recordingStreams } from '../support/cli.js';
import { wasmKernels } from '../support/wasm.js';

const AVX2 = 'flags : fpu vme avx f16c avx2 bmi2 ';

function engine(version: string, variables: object = { v8_enable_wasm_simd256_revec: 1 }, processor?: string): Engine {
  return { version, variables, processor: () => processor };
}

it.each(['13.6.233.17-node.53', '14.6.202.34-node.34'])('vectors are joined by V8 %s', (v8) => {
  expect(canWidenVectors({}, engine(v8))).toBe(true);
});

it.each(['11.3.244.8-node.38', '12.4.254.21-node.57', '13.60.1', '14.7.1', '15.0.1'])(
  'vectors are not joined by V8 %s, whose results nobody compared',
  (v8) => {
    expect(canWidenVectors({}, engine(v8))).toBe(false);
  },
);

it.each([{}, { v8_enable_wasm_simd256_revec: 0 }])('vectors are not joined where V8 was built with %j', (variables) => {
  expect(canWidenVectors({}, engine('14.6.202', variables))).toBe(false);
});

it.each([
  [AVX2, true],
  [AVX2.replace('avx2 ', ''), false],
  [undefined, true],
])('of a processor of which the system says "%s", that it has such vectors is taken for %s', (processor, wide) => {
  expect(canWidenVectors({}, engine('14.6.202', { v8_enable_wasm_simd256_revec: 1 }, processor))).toBe(wide);
});

it('NER_WIDE_VECTORS=0 leaves vectors apart', () => {
  expect(canWidenVectors({ NER_WIDE_VECTORS: '0' }, engine('14.6.202'))).toBe(false);
});

it.each([true, false])('threads run their kernels as the others do, with wide vectors (%s) or not', (wideVectors) => {
  const first = wasmKernels({ wideVectors });
  expect(WasmKernels.attach(first.share()).share()).toMatchObject({ wideVectors });
});

it('the command line runs its kernels for the vectors that V8 has', async () => {
  const { streams } = recordingStreams();
  const stderr = terminalAt(streams.stderr, {}, false);
  const kernels = await loadKernels({
    ...streams,
    stderr,
    stdout: terminalAt(streams.stdout, {}, false),
    version: '0',
  });
  expect(kernels instanceof WasmKernels && kernels.share().wideVectors).toBe(canWidenVectors(streams.env));
});
