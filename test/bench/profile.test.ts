import { describe, expect, it } from '@jest/globals';
import { sharesOf } from '../../bench/profile.js';

const node = (id: number, functionName: string, url = '') => ({ id, callFrame: { functionName, url } });

describe('the shares of a profile', () => {
  const nodes = [
    node(1, '(root)'),
    node(2, '(idle)'),
    node(3, '(garbage collector)'),
    node(4, 'wasm-function[7]', 'wasm://wasm/4fe2'),
    node(5, 'learn', 'file:///dist/cli/train.js'),
    node(6, 'subarray'),
    node(7, '(program)'),
  ];

  it('give each sample the time until the next one, leaving idle time out', () => {
    const samples = [4, 5, 2, 6, 3, 7, 4];
    const timeDeltas = [500, 1, 2, 4, 8, 16, 32];
    expect(sharesOf({ nodes, samples, timeDeltas })).toEqual({
      kernels: 1,
      scripts: 2 + 8,
      collector: 16,
      program: 32,
    });
  });

  it('take samples that V8 noted in another order for no time', () => {
    expect(sharesOf({ nodes, samples: [4, 4], timeDeltas: [1, -5] }).kernels).toBe(0);
  });
});
