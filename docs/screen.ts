/** How a character looks. */
export interface Style {
  /** Foreground as SGR counts the 16 colours: 30 to 37, 90 to 97; none for the terminal's own. */
  readonly color?: number;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly underline?: boolean;
}

export interface Cell {
  readonly character: string;
  readonly style: Style;
}

const PLAIN: Style = {};
const BLANK: Cell = { character: ' ', style: PLAIN };

const ESC = '\x1b';

/** An escape sequence with parameters (`ESC [ … letter`) or without (`ESC letter`), a line break, or one character. */
const PIECE = new RegExp(`${ESC}\\[(\\??[\\d;]*)([A-Za-z])|${ESC}([0-9A-Za-z])|\\r|\\n|[^]`, 'gu');

/**
 * A terminal of unlimited height without wrapping: as much of ECMA-48 as progress bars and colours need. A character that is
 * written over another takes its place. Sequences that only hide or show things are passed over; others throw.
 */
export class Screen {
  private readonly cells: Cell[][] = [[]];
  private row = 0;
  private column = 0;
  private saved = { row: 0, column: 0 };
  private style = PLAIN;

  write(text: string): void {
    for (const [piece, parameters, control, letter] of text.matchAll(PIECE)) {
      if (control !== undefined) this.control(control, parameters);
      else if (letter !== undefined) this.escape(letter);
      else if (piece === '\r') this.column = 0;
      else if (piece === '\n') this.moveTo(this.row + 1, this.column);
      else this.put(piece);
    }
  }

  /** The rows from the top, each without the blanks at its end; the last rows that hold nothing are left out. */
  get rows(): Cell[][] {
    const rows = this.cells.map((row) => row.slice(0, row.findLastIndex(({ character }) => character !== ' ') + 1));
    return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
  }

  private put(character: string): void {
    if (character < ' ') throw new Error(`unknown control character ${character.charCodeAt(0)}`);
    const row = this.cells[this.row];
    while (row.length < this.column) row.push(BLANK);
    row[this.column++] = { character, style: this.style };
  }

  private moveTo(row: number, column: number): void {
    this.row = row;
    this.column = column;
    while (this.cells.length <= row) this.cells.push([]);
  }

  private escape(letter: string): void {
    if (letter === '7') this.saved = { row: this.row, column: this.column };
    else if (letter === '8') this.moveTo(this.saved.row, this.saved.column);
    else throw new Error(`unknown escape sequence ESC ${letter}`);
  }

  private control(letter: string, parameters: string): void {
    const numbers = parameters.split(';').map(Number);
    if (letter === 'm') for (const code of numbers) this.style = styled(this.style, code);
    else if (letter === 'G') this.column = Math.max(numbers[0], 1) - 1;
    else if (letter === 'K') this.erase(numbers[0]);
    else if (!parameters.startsWith('?')) throw new Error(`unknown escape sequence ESC [ ${parameters} ${letter}`);
  }

  /** Erases from the cursor to the end of the row (0), or the whole row (2). */
  private erase(what: number): void {
    this.cells[this.row].length = what === 2 ? 0 : Math.min(this.cells[this.row].length, this.column);
  }
}

/** The style after one code of "select graphic rendition" (ECMA-48, 8.3.117). */
function styled(style: Style, code: number): Style {
  const { color, ...uncolored } = style;
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return uncolored;
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...uncolored, color: code };
  throw new Error(`unknown style SGR ${code}`);
}
