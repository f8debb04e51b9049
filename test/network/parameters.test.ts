import { describe, expect, it } from '@jest/globals';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { type Architecture, cellOf, parameterName, parameterShapes } from '../../src/network/architecture.js';
import { flatLength, Parameters, weightCount } from '../../src/network/parameters.js';
import { ARCHITECTURES, architecture } from '../support/small_network.js';

const SIZES = { columns: 9, tags: 4 };

function shapesOf(shape: Architecture): string[] {
  const { tables, dense } = parameterShapes(shape, SIZES);
  return [...tables, ...dense].map(({ name, rows, columns }) => `${name} ${rows}×${columns}`);
}

describe('the parameters of a network', () => {
  it('of an Elman network are U, W, b, V and c', () => {
    expect(shapesOf(architecture({ hidden: 5 }))).toEqual(['U 9×5', 'W 5×5', 'b 1×5', 'V 5×4', 'c 1×4']);
  });

  it('of an LSTM are four gates wide', () => {
    expect(shapesOf(architecture({ cell: 'lstm', hidden: 5 }))).toEqual([
      'U 9×20',
      'W 5×20',
      'b 1×20',
      'V 5×4',
      'c 1×4',
    ]);
  });

  it('of two bidirectional GRU layers have the states of both directions below as inputs', () => {
    expect(shapesOf(architecture({ cell: 'gru', hidden: 2, layers: 2, bidirectional: true }))).toEqual([
      'U 9×6',
      'U_backward 9×6',
      'W 2×6',
      'bh 1×6',
      'b 1×6',
      'W_backward 2×6',
      'bh_backward 1×6',
      'b_backward 1×6',
      'U2 4×6',
      'W2 2×6',
      'bh2 1×6',
      'b2 1×6',
      'U2_backward 4×6',
      'W2_backward 2×6',
      'bh2_backward 1×6',
      'b2_backward 1×6',
      'V 4×4',
      'c 1×4',
    ]);
  });

  it('have one column table for both directions where it has a width, and one for the emissions', () => {
    const shape = architecture({ hidden: 5, bidirectional: true, columnWidth: 3 });
    const { tables, dense } = parameterShapes(shape, { ...SIZES, wideColumns: 7 });
    expect(tables).toEqual([
      { name: 'E', rows: 9, columns: 3 },
      { name: 'V_wide', rows: 7, columns: 4, wide: true },
    ]);
    const inputs = dense.filter(({ name }) => name.startsWith('U'));
    expect(inputs).toEqual(['U', 'U_backward'].map((name) => ({ name, rows: 3, columns: 5 })));
  });

  it('are named by layer and direction', () => {
    expect(parameterName('W', 0, 'forward')).toBe('W');
    expect(parameterName('W', 2, 'backward')).toBe('W3_backward');
  });

  it('lie in one buffer without touching one another, each at a multiple of 16', () => {
    const kernels = new ReferenceKernels('float64');
    const parameters = new Parameters(parameterShapes(architecture({ hidden: 5 }), SIZES), kernels);
    const offsets = parameters.shapes.dense.map(({ name }) => parameters.get(name).offset - parameters.dense.offset);
    expect(offsets).toEqual([0, 32, 48, 80]); // W 25, b 5, V 20, c 4
    expect(parameters.dense.length).toBe(96);
    expect(parameters.all.map(({ name }) => parameters.get(name).length)).toEqual([45, 25, 5, 20, 4]);
    expect(parameters.get('U')).toBe(parameters.tables[0]);
  });

  it('are counted', () => {
    expect(weightCount({ name: 'W', rows: 3, columns: 4 })).toBe(12);
    expect(flatLength([])).toBe(0);
    expect(flatLength([{ name: 'W', rows: 4, columns: 4 }])).toBe(16);
  });

  it.each(ARCHITECTURES)('working memory is what a cell says it takes a row, $title', ({ network: shape }) => {
    const kernels = new ReferenceKernels('float64');
    const cell = cellOf(shape);
    const before = kernels.mark().floats;
    const none = kernels.floats(0);
    cell.layer(
      kernels,
      shape.hidden,
      10,
      () => none,
      () => none,
    );
    expect(kernels.mark().floats - before).toBe(10 * cell.floatsPerRow(shape.hidden));
  });
});
