import type { Activation, Direction, FloatBuffer, Kernels } from '../kernels/kernels.js';
import type { Cell } from './cell.js';
import { crfOutput, crfShapes } from './crf.js';
import { elmanCell } from './elman.js';
import { gruCell } from './gru.js';
import { lstmCell } from './lstm.js';
import type { OutputLayer } from './output.js';
import type { ParameterShapes, TableShape } from './parameters.js';
import type { TagRules } from './rules.js';
import { softmaxOutput } from './softmax.js';

export const CELLS = ['elman', 'lstm', 'gru'] as const;
export const ACTIVATIONS = ['tanh', 'sigmoid', 'relu'] as const satisfies readonly Activation[];
export const OUTPUT_LAYERS = ['softmax', 'crf'] as const;

/** What shape of network. */
export interface Architecture {
  readonly cell: (typeof CELLS)[number];
  /** g of the Elman cell; the others have theirs fixed. */
  readonly activation: Activation;
  readonly bidirectional: boolean;
  /** H: units of a layer in one direction. */
  readonly hidden: number;
  readonly layers: number;
  /**
   * D: columns of the table of the input, which a matrix for each direction then reads; 0 (or nothing): the table is U itself,
   * as in the textbook.
   */
  readonly columnWidth?: number;
  readonly outputLayer: (typeof OUTPUT_LAYERS)[number];
}

/** What the data decides. */
export interface NetworkSizes {
  /** N: rows of the column table. */
  readonly columns: number;
  /** Rows of the table that is added to the emissions; 0 (or nothing) where there is none. */
  readonly wideColumns?: number;
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

/** The output layer for K tags. Without rules every tag may follow every other, and none is of an entity. */
export function outputLayerOf(
  { outputLayer }: Pick<Architecture, 'outputLayer'>,
  kernels: Kernels,
  tags: number,
  weights: (name: string) => FloatBuffer,
  gradients: (name: string) => FloatBuffer,
  rules?: TagRules,
): OutputLayer {
  switch (outputLayer) {
    case 'softmax':
      return softmaxOutput(kernels, tags, rules);
    case 'crf':
      return crfOutput(kernels, tags, weights, gradients, rules);
  }
}

export function directionsOf({ bidirectional }: Architecture): Direction[] {
  return bidirectional ? ['forward', 'backward'] : ['forward'];
}

/** What a parameter of a layer is called in full: `W`, `W_backward`, and from the second layer on `W2`, `W2_backward`. */
export function parameterName(short: string, layer: number, direction: Direction): string {
  return `${short}${layer === 0 ? '' : layer + 1}${direction === 'forward' ? '' : '_backward'}`;
}

/** The table of D columns that stands before the first layer's U. */
export const COLUMN_TABLE = 'E';

/** The table whose columns are added to the emissions: the part of V that reads one-hots. */
export const WIDE_TABLE = 'V_wide';

/** Whether the first layer reads the sum of a token's columns as further layers read the states below. */
export function hasColumnTable({ columnWidth = 0 }: Architecture): boolean {
  return columnWidth > 0;
}

/**
 * The parameters in the usual letters: U, W and b of every layer and direction, V and c of the output, A, start and end of
 * a CRF. U of the first layer is a column table [N,C]; of a further one a matrix [D,C] over the D states of the layer below,
 * and of the first one too where a column table E [N,D] stands before it.
 */
export function parameterShapes(architecture: Architecture, sizes: NetworkSizes): ParameterShapes {
  const { hidden, layers, columnWidth = 0 } = architecture;
  const cell = cellOf(architecture);
  const directions = directionsOf(architecture);
  const states = directions.length * hidden;
  const dense = [];
  for (let layer = 0; layer < layers; layer++) {
    for (const direction of directions) {
      const shapes = [...cell.weights(hidden), { name: 'b', rows: 1, columns: cell.gates * hidden }];
      const inputs = layer > 0 ? states : columnWidth;
      if (inputs > 0) shapes.unshift({ name: 'U', rows: inputs, columns: cell.gates * hidden });
      for (const shape of shapes) dense.push({ ...shape, name: parameterName(shape.name, layer, direction) });
    }
  }
  dense.push({ name: 'V', rows: states, columns: sizes.tags }, { name: 'c', rows: 1, columns: sizes.tags });
  if (architecture.outputLayer === 'crf') dense.push(...crfShapes(sizes.tags));
  return { tables: tableShapes(architecture, sizes), dense };
}

function tableShapes(architecture: Architecture, { columns, wideColumns = 0, tags }: NetworkSizes): TableShape[] {
  const { hidden, columnWidth = 0 } = architecture;
  const width = cellOf(architecture).gates * hidden;
  const tables: TableShape[] = hasColumnTable(architecture)
    ? [{ name: COLUMN_TABLE, rows: columns, columns: columnWidth }]
    : directionsOf(architecture).map((d) => ({ name: parameterName('U', 0, d), rows: columns, columns: width }));
  if (wideColumns > 0) tables.push({ name: WIDE_TABLE, rows: wideColumns, columns: tags, wide: true });
  return tables;
}
