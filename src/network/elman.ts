import type { Activation } from '../kernels/kernels.js';
import type { Cell } from './cell.js';

/** The simple recurrent unit s(t) = g(W s(t−1) + U x(t) + b) (Elman 1990). */
export function elmanCell(activation: Activation): Cell {
  return {
    gates: 1,
    weights: (hidden) => [{ name: 'W', rows: hidden, columns: hidden }],
    floatsPerRow: (hidden) => 3 * hidden,
    layer(kernels, hidden, rows, weights, gradients) {
      const states = kernels.floats(rows * hidden);
      const dStates = kernels.floats(rows * hidden);
      const dInput = kernels.floats(rows * hidden);
      return {
        memory: { input: states, states, dStates, dInput },
        forward(recurrence) {
          kernels.elmanForward(recurrence, activation, weights('W'), states);
        },
        backward(recurrence, learns) {
          const dW = learns ? gradients('W') : undefined;
          kernels.elmanBackward(recurrence, activation, weights('W'), states, dStates, dInput, dW);
        },
      };
    },
  };
}
