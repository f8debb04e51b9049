import { expect, it } from '@jest/globals';
import { renewCheckpoint, restoreCheckpoint, saveCheckpoint } from '../../src/train/checkpoint.js';
import { read } from '../support/kernels.js';
import { architecture, smallNetwork } from '../support/small_network.js';

it('a checkpoint brings back every weight, whatever became of them since', () => {
  const { kernels, parameters } = smallNetwork(architecture({ cell: 'gru', bidirectional: true, layers: 2 }));
  const weights = (): number[][] => parameters.all.map(({ name }) => read(kernels, parameters.get(name)));
  const before = weights();
  const checkpoint = saveCheckpoint(parameters, kernels);
  for (const { name } of parameters.all) kernels.fill(parameters.get(name), 9);
  kernels.floats(100_000);
  restoreCheckpoint(checkpoint, parameters, kernels);
  expect(weights()).toEqual(before);
});

it('a checkpoint that was renewed brings back the later weights', () => {
  const { kernels, parameters } = smallNetwork(architecture({ cell: 'elman' }));
  const checkpoint = saveCheckpoint(parameters, kernels);
  for (const { name } of parameters.all) kernels.fill(parameters.get(name), 9);
  renewCheckpoint(checkpoint, parameters, kernels);
  for (const { name } of parameters.all) kernels.fill(parameters.get(name), 0);
  restoreCheckpoint(checkpoint, parameters, kernels);
  const all = parameters.all.flatMap(({ name }) => read(kernels, parameters.get(name)));
  expect(all.every((weight) => weight === 9)).toBe(true);
});
