import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distinctLines } from '../../src/text/distinct_lines.js';
import { lineKind, type Shape } from '../../src/text/line_kind.js';
import { NO_CELL, Table, widthsOf } from '../../src/text/table.js';

const SHAPE: Shape = { separator: '\t', columns: 2, indexColumn: undefined, comments: false };
const tableOf = (lines: readonly string[], shape = SHAPE) => {
  const distinct = distinctLines(lines);
  return new Table(distinct, shape, widthsOf(distinct.values, shape.separator));
};

describe('a table', () => {
  it('has each value of a column once, in the order in which they come', () => {
    const { values, ids } = tableOf(['Ana\tB-PER', 'left\tO', '', 'Oslo\tB-LOC', 'is\tO']).column(1);
    expect([values, [...ids]]).toEqual([
      ['B-PER', 'O', 'B-LOC'],
      [0, 1, NO_CELL, 2, 1],
    ]);
  });

  it('has no cells where a line is blank, marks a document, or has another width', () => {
    const table = tableOf(['-DOCSTART-\tO', '', 'Ana\tB-PER', 'left', 'a\tb\tc', 'Oslo\tB-LOC']);
    expect([...table.column(0).ids].map((id) => id !== NO_CELL)).toEqual([false, false, true, false, false, true]);
    expect([table.firstRow, table.firstCell(1)]).toEqual([2, 'B-PER']);
  });

  it('tells of its first row where that is among the lines, not among the different ones', () => {
    expect(tableOf(['', '', '', 'Ana\tB-PER', 'Ana\tB-PER']).firstRow).toBe(3);
  });

  it('without a row has no first one', () => {
    const table = tableOf(['', '-DOCSTART-']);
    expect([table.firstRow, table.firstCell(0)]).toEqual([-1, '']);
  });

  it('gives every row the cells that splitting gives it', () => {
    const line = fc.array(fc.constantFrom('', 'a', 'B-PER', '#', '1', '-DOCSTART-', 'é'), { maxLength: 4 });
    const shape = fc.record({ columns: fc.integer({ min: 1, max: 3 }), comments: fc.boolean() });
    fc.assert(
      fc.property(fc.array(line), shape, (rows, chosen) => {
        const lines = rows.map((cells) => cells.join('\t'));
        const table = tableOf(lines, { ...SHAPE, ...chosen });
        for (let c = 0; c < chosen.columns; c++) {
          const { values, ids } = table.column(c);
          lines.forEach((text, i) => {
            const cells = text.split('\t');
            expect(table.kinds[table.lines.ids[i]]).toBe(lineKind(text, table.shape));
            const isRow = lineKind(text, table.shape) === 'token' && cells.length === chosen.columns;
            expect(values[ids[table.lines.ids[i]]]).toBe(isRow ? cells[c] : undefined);
          });
        }
      }),
    );
  });
});
