import { countLines, joinLines, linesIn, membersOf, splitLines } from '../../lines.js';

/** A class is written as one character, from this one on, before its count. */
const FIRST_CLASS = 0x61;
const MOST_CLASSES = 10_000;
const LINE_END = 0x0a;

/**
 * How often the training part has each of some keys with each of some classes (tags, types). Rows are numbered in the order in
 * which keys were first met.
 */
export class TagCounts {
  #counts = new Int32Array(1024);
  #rows = 0;

  constructor(readonly classes: readonly string[]) {
    if (classes.length > MOST_CLASSES) throw new RangeError(`more than ${MOST_CLASSES} tags`);
  }

  get rows(): number {
    return this.#rows;
  }

  /** A new row, of zeros. */
  addRow(): number {
    const C = this.classes.length;
    if ((this.#rows + 1) * C > this.#counts.length) {
      const counts = this.#counts;
      this.#counts = new Int32Array(2 * Math.max(counts.length, C));
      this.#counts.set(counts);
    }
    return this.#rows++;
  }

  add(row: number, tagClass: number, by: number): void {
    this.#counts[row * this.classes.length + tagClass] += by;
  }

  /** Where a count stands, for `addAll`. */
  placeOf(row: number, tagClass: number): number {
    return row * this.classes.length + tagClass;
  }

  /** Adds to the counts at some places, as often as a place is named. */
  addAll(places: readonly number[], by: number): void {
    for (let i = 0; i < places.length; i++) this.#counts[places[i]] += by;
  }

  at(row: number, tagClass: number): number {
    return this.#counts[row * this.classes.length + tagClass];
  }

  /** The sum of some classes of a row, all where none are named. */
  total(row: number, from = 0, to = this.classes.length): number {
    let sum = 0;
    for (let c = from; c < to; c++) sum += this.at(row, c);
    return sum;
  }

  /** The most frequent of some classes of a row, the first of equals; −1 where all are 0. */
  largest(row: number, from = 0, to = this.classes.length): number {
    let best = -1;
    let most = 0;
    for (let c = from; c < to; c++) {
      const count = this.at(row, c);
      if (count > most) [best, most] = [c, count];
    }
    return best;
  }

  /** A JSON value: the classes, and for each key a line of the classes that it has, each with its count unless that is 1. */
  state(keys: Iterable<string>): unknown {
    const rows = Array.from({ length: this.#rows }, (_, row) => {
      let line = '';
      this.classes.forEach((_, c) => {
        const count = this.at(row, c);
        if (count > 0) line += String.fromCharCode(FIRST_CLASS + c) + (count > 1 ? count : '');
      });
      return line;
    });
    return { classes: joinLines(this.classes), keys: joinLines(keys), counts: `${rows.join('\n')}\n` };
  }

  /**
   * What `state` gave: the counts, and the keys in the order of their rows, joined by `joinLines`, whose being different is left to who
   * reads them. Throws RangeError saying what is wrong.
   */
  static restore(state: unknown): { readonly counts: TagCounts; readonly keys: string } {
    const members = membersOf(state);
    const keys = linesIn(members.keys);
    const counts = new TagCounts(splitLines(linesIn(members.classes)));
    counts.#read(members.counts, countLines(keys));
    return { counts, keys };
  }

  /** Reads lines of counts straight from their text: there may be a hundred thousand. */
  #read(text: unknown, rows: number): void {
    const lines = typeof text === 'string' ? text : '';
    const C = this.classes.length;
    this.#counts = new Int32Array(Math.max(rows, 1) * C);
    for (let i = 0; i < lines.length; i++) {
      if (this.#rows > rows) break;
      const row = this.#rows++;
      while (i < lines.length && lines.charCodeAt(i) !== LINE_END) {
        const tagClass = lines.charCodeAt(i++) - FIRST_CLASS;
        let count = 0;
        for (; isDigit(lines.charCodeAt(i)); i++) count = 10 * count + lines.charCodeAt(i) - 0x30;
        if (!(tagClass >= 0 && tagClass < C)) throw new RangeError('its counts are of unknown tags');
        this.add(row, tagClass, count === 0 ? 1 : count);
      }
    }
    // where there is no key, one empty line is written
    if (this.#rows !== Math.max(rows, 1)) throw new RangeError('it has not one line of counts for each key');
    this.#rows = rows;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
