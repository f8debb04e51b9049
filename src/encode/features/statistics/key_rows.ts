import { splitLines } from '../../lines.js';
import { WordTable } from '../../word_table.js';

/** The rows of keys, numbered in the order in which they were added. */
export class KeyRows {
  readonly #added = new Map<string, number>();
  /** Those that were restored, as lines: nothing is added to them. */
  #restored: { readonly lines: string; readonly table: WordTable } | undefined;

  /** The row of a key, −1 where it has none. */
  of(key: string): number {
    return this.#restored?.table.indexOf(key) ?? this.#added.get(key) ?? -1;
  }

  add(key: string, row: number): void {
    this.#added.set(key, row);
  }

  /** In the order of their rows. */
  keys(): Iterable<string> {
    return this.#restored === undefined ? this.#added.keys() : splitLines(this.#restored.lines);
  }

  /** Takes the keys that `joinLines` has joined in the place of those that are there. Throws RangeError if one stands twice. */
  restore(lines: string): void {
    this.#restored = { lines, table: asKeys(() => new WordTable(lines)) };
  }
}

/** What `read` makes of keys. Throws RangeError, saying that of keys, where it says that a word stands twice. */
export function asKeys<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError('a key stands twice in its counts');
    throw error;
  }
}
