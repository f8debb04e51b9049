import type { Activation, Direction } from '../kernels/kernels.js';
import type { Cell } from './cell.js';
import { elmanCell } from './elman.js';
import { gruCell } from './gru.js';
import { lstmCell } from './lstm.js';
import type { ParameterShapes } from './parameters.js';

export const CELLS = ['elman', 'lstm', 'gru'] as const;
export const ACTIVATIONS = ['tanh', 'sigmoid', 'relu'] as const satisfies readonly Activation[];
export const OUTPUT_LAYERS = ['softmax'] as const;

/** What shape of network. */
export interface Architecture {
  readonly cell: (typeof CELLS)[number];
  /** g of the Elman cell; the others have theirs fixed. */
  readonly activation: Activation;
  readonly bidirectional: boolean;
  /** H: units of a layer in one direction. */
  readonly hidden: number;
  readonly layers: number;
  readonly outputLayer: (typeof OUTPUT_LAYERS)[number];
}

/** What the data decides. */
export interface NetworkSizes {
  /** N: rows of the column table. */
  readonly columns: number;
  /** K */
  readonly tags: number;
}

export function cellOf({ cell, activation }: Architecture): Cell {
  switch (cell) {
    case 'elman':
      return elmanCell(activation);
    case 'lstm':
      return lstmCell;
    case 'gru':
      return gruCell;
  }
}

export function directionsOf({ bidirectional }: Architecture): Direction[] {
  return bidirectional ? ['forward', 'backward'] : ['forward'];
}

/** What a parameter of a layer is called in full: `W`, `W_backward`, and from the second layer on `W2`, `W2_backward`. */
export function parameterName(short: string, layer: number, direction: Direction): string {
  return `${short}${layer === 0 ? '' : layer + 1}${direction === 'forward' ? '' : '_backward'}`;
}

/**
 * The parameters in the usual letters: U, W and b of every layer and direction, V and c of the output. U of the first
 * layer is a column table [N,C]; of a further one a matrix [D,C] over the D states of the layer below.
 */
export function parameterShapes(architecture: Architecture, { columns, tags }: NetworkSizes): ParameterShapes {
  const { hidden, layers } = architecture;
  const cell = cellOf(architecture);
  const directions = directionsOf(architecture);
  const states = directions.length * hidden;
  const tables = directions.map((direction) => ({
    name: parameterName('U', 0, direction),
    rows: columns,
    columns: cell.gates * hidden,
  }));
  const dense = [];
  for (let layer = 0; layer < layers; layer++) {
    for (const direction of directions) {
      const shapes = [...cell.weights(hidden), { name: 'b', rows: 1, columns: cell.gates * hidden }];
      if (layer > 0) shapes.unshift({ name: 'U', rows: states, columns: cell.gates * hidden });
      for (const shape of shapes) dense.push({ ...shape, name: parameterName(shape.name, layer, direction) });
    }
  }
  dense.push({ name: 'V', rows: states, columns: tags }, { name: 'c', rows: 1, columns: tags });
  return { tables, dense };
}
