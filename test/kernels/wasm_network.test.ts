import { describe, expect, it } from '@jest/globals';
import { checkCrf } from '../../src/check/crf_check.js';
import { checkNetwork } from '../../src/check/network_check.js';
import { checkOptimizers } from '../../src/check/optimizer_check.js';
import { checkReach } from '../../src/check/reach_check.js';
import { parseReference } from '../../src/check/reference_file.js';
import type { Difference } from '../../src/check/tensor.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { Optimizer, stepsOf, takeOptimizerMemory } from '../../src/train/optimizer.js';
import { farthest, read } from '../support/kernels.js';
import { REFERENCE_FILES, referenceContent } from '../support/reference_files.js';
import { ARCHITECTURES, examples, packed, smallNetwork } from '../support/small_network.js';
import { wasmKernels } from '../support/wasm.js';

/** How far every quantity of a reference file is from what WebAssembly computes. */
function differences(name: string): Difference[] {
  const reference = parseReference(JSON.stringify(referenceContent(name)), name);
  switch (reference.kind) {
    case 'network':
      return checkNetwork(reference.content, wasmKernels(), name);
    case 'gradient reach':
      return checkReach(reference.content, wasmKernels(), name);
    case 'optimizers':
      return checkOptimizers(reference.content, wasmKernels(), name);
    case 'crf':
      return checkCrf(reference.content, wasmKernels(), name);
  }
}

/** All parameters after some steps of Adam, truncated to 3 tokens. */
function trained(network: (typeof ARCHITECTURES)[number]['network'], kernels?: Kernels): number[] {
  const built = smallNetwork(network, kernels === undefined ? {} : { kernels });
  const settings = { optimizer: 'adam', learningRate: 0.01, tableLearningRate: 0.01, momentum: 0, clip: 1 } as const;
  const memory = takeOptimizerMemory(settings, built.parameters, built.kernels);
  const optimizer = new Optimizer(settings, built.parameters, memory, built.kernels);
  const nextStep = stepsOf(settings);
  for (let step = 1; step <= 5; step++) {
    const { batch, gold } = packed(examples([7, 5, 5, 4, 1], step));
    built.network.load(batch);
    built.network.forward();
    built.network.loss(gold);
    optimizer.move(built.network.backward(3), nextStep(5, 1));
  }
  return built.parameters.all.flatMap(({ name }) => read(built.kernels, built.parameters.get(name)));
}

describe('networks with WebAssembly', () => {
  it.each(REFERENCE_FILES)('agree with values that another program computed: %s', (name) => {
    const found = differences(name);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ error }) => !(error < 2e-5))).toEqual([]);
  });

  it.each(ARCHITECTURES)('learn as plain loops in float64 do: $title', ({ network }) => {
    // Adam divides by the gradient's own size, which makes rounding errors of small gradients visible
    expect(farthest(trained(network, wasmKernels()), trained(network))).toBeLessThan(1e-3);
  });
});
