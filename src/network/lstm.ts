import type { Cell } from './cell.js';

/** The memory cell: gates stacked i f g o (Hochreiter & Schmidhuber 1997; Gers et al. 2000). */
export const lstmCell: Cell = {
  gates: 4,
  weights: (hidden) => [{ name: 'W', rows: hidden, columns: 4 * hidden }],
  floatsPerRow: (hidden) => 9 * hidden,
  layer(kernels, hidden, rows, weights, gradients) {
    const buffers = {
      gates: kernels.floats(rows * 4 * hidden),
      cells: kernels.floats(rows * hidden),
      squashed: kernels.floats(rows * hidden),
      states: kernels.floats(rows * hidden),
    };
    const { gates, states } = buffers;
    const dStates = kernels.floats(rows * hidden);
    const dCells = kernels.floats(rows * hidden);
    return {
      memory: { input: gates, states, dStates, dInput: gates, dCells },
      forward(recurrence) {
        kernels.lstmForward(recurrence, weights('W'), buffers);
      },
      backward(recurrence, learns) {
        const dW = learns ? gradients('W') : undefined;
        kernels.lstmBackward(recurrence, weights('W'), buffers, dStates, dCells, dW);
      },
    };
  },
};
