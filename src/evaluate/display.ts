import { visible } from '../text/visible.js';

/** Characters that take no column of their own: marks on the one before, joiners, selectors. */
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Characters that take two columns: those of East Asian scripts and most emoji (Unicode Standard Annex 11, in outline). */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

/** The columns a printable string takes on a terminal, nearly: terminals differ on joined emoji. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!ZERO_WIDTH.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Rows of cells as lines of aligned columns, two blanks apart; `align` has `<` or `>` for each column. */
export function alignColumns(rows: readonly (readonly string[])[], align: string): string[] {
  const cells = rows.map((row) => row.map(visible));
  const widths = [...align].map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[column])), 0),
  );
  return cells.map((row) => {
    const padded = row.map((cell, column) => {
      const blanks = ' '.repeat(widths[column] - displayWidth(cell));
      return align[column] === '<' ? cell + blanks : blanks + cell;
    });
    return padded.join('  ').trimEnd();
  });
}
