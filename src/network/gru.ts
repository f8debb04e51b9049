import type { Cell } from './cell.js';

/** The gated recurrent unit: gates stacked r z n, with a bias bh inside the reset product (Cho et al. 2014; cuDNN). */
export const gruCell: Cell = {
  gates: 3,
  weights: (hidden) => [
    { name: 'W', rows: hidden, columns: 3 * hidden },
    { name: 'bh', rows: 1, columns: 3 * hidden },
  ],
  floatsPerRow: (hidden) => 8 * hidden,
  layer(kernels, hidden, rows, weights, gradients) {
    const buffers = {
      gates: kernels.floats(rows * 3 * hidden),
      recurrent: kernels.floats(rows * 3 * hidden),
      states: kernels.floats(rows * hidden),
    };
    const { gates, states } = buffers;
    const dStates = kernels.floats(rows * hidden);
    return {
      memory: { input: gates, states, dStates, dInput: gates },
      forward(recurrence) {
        kernels.gruForward(recurrence, weights('W'), weights('bh'), buffers);
      },
      backward(recurrence, learns) {
        const [dW, dbh] = learns ? [gradients('W'), gradients('bh')] : [];
        kernels.gruBackward(recurrence, weights('W'), buffers, dStates, dW, dbh);
      },
    };
  },
};
