import { type DistinctLines, type Lines, paysOff } from './distinct_lines.js';
import { decodeLines } from './lines.js';

const NEWLINE = 0x0a;
/** Places in the text of different lines are kept in 32 bits. */
const MOST_BYTES = 2 ** 31 - 1;
/** A line that so many others stand in the way of is not looked for any more: files made so that they do must not take for ever. */
const MOST_PROBES = 64;

/**
 * The lines of a whole file, equal ones as one where most are not new: they are found as bytes, so that of each no more than one string is
 * made.
 * @throws DataError as `decodeLines`
 */
export function fileLines(bytes: Uint8Array, source: string): Lines {
  const table = bytes.length > MOST_BYTES ? undefined : LineTable.of(plain(bytes));
  if (table === undefined) return decodeLines(bytes, source);
  return { ...table.parts, values: decodeValues(table.text, bytes, source) };
}

/** Without methods of a subclass, as buffers of Node are: code for both kinds is slower for each. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

function decodeValues(text: Uint8Array, file: Uint8Array, source: string): string[] {
  try {
    return decodeLines(text, source);
  } catch (error) {
    decodeLines(file, source); // tells where it is in the file
    throw error;
  }
}

/**
 * The different lines of a file: a hash table with open addressing over their bytes, as `WordTable` is one over the units of words. The
 * first line is none of these, since a byte order mark counts for nothing there alone.
 */
class LineTable {
  readonly #bytes: Uint8Array;
  /** Numbers of lines plus one at the places that their hashes give, 0 where there is none; shape [a power of 2]. */
  #slots = new Int32Array(1 << 12);
  #size = 0;
  #hashes = new Int32Array(1 << 11);
  #firsts = new Int32Array(1 << 11);
  #counts = new Int32Array(1 << 11);
  /** Where the line behind each begins in the text; with one more element in front, where each begins. */
  #starts = new Int32Array(1 << 11);
  /** The different lines with their ends, and its length so far. */
  #text = new Uint8Array(1 << 16);
  #length = 0;
  /** Which of these each line of the file is. */
  #ids = new Int32Array(0);

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Undefined where looking lines up does not pay off. */
  static of(bytes: Uint8Array): LineTable | undefined {
    const table = new LineTable(bytes);
    let ids = new Int32Array((bytes.length >> 4) + 1);
    let lines = 0;
    for (let start = 0; start < bytes.length; ) {
      let hash = SEED;
      let end = start;
      while (end < bytes.length) {
        const byte = bytes[end++];
        if (byte === NEWLINE) break;
        hash = Math.imul(hash ^ byte, PRIME);
      }
      const id = start === 0 ? table.#add(0, start, end) : table.#find(hash ^ (hash >>> 15), start, end);
      if (table.#counts[id]++ === 0) {
        table.#firsts[id] = lines;
        if (!paysOff(table.#size, lines)) return undefined;
      }
      if (lines === ids.length) ids = twiceAsLong(ids);
      ids[lines++] = id;
      start = end;
    }
    table.#ids = ids.slice(0, lines);
    return table;
  }

  get parts(): Omit<DistinctLines, 'values'> {
    return { ids: this.#ids, firsts: this.#firsts.slice(0, this.#size), counts: this.#counts.slice(0, this.#size) };
  }

  /** The different lines, one after the other. */
  get text(): Uint8Array {
    return this.#text.subarray(0, this.#length);
  }

  /** The number of the line from `start` up to its end, which is included. */
  #find(hash: number, start: number, end: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let place = hash & mask;
    for (let probes = 0; slots[place] !== 0; place = (place + 1) & mask) {
      const id = slots[place] - 1;
      if (this.#hashes[id] === hash && this.#isSame(id, start, end)) return id;
      if (++probes === MOST_PROBES) return this.#add(hash, start, end);
    }
    slots[place] = this.#size + 1;
    const id = this.#add(hash, start, end);
    if (2 * this.#size > slots.length) this.#spread();
    return id;
  }

  #isSame(id: number, start: number, end: number): boolean {
    const [text, bytes] = [this.#text, this.#bytes];
    const other = this.#starts[id];
    if (this.#starts[id + 1] - other !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (text[other + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(hash: number, start: number, end: number): number {
    const id = this.#size++;
    if (id + 1 === this.#starts.length) {
      this.#hashes = twiceAsLong(this.#hashes);
      this.#firsts = twiceAsLong(this.#firsts);
      this.#counts = twiceAsLong(this.#counts);
      this.#starts = twiceAsLong(this.#starts);
    }
    this.#append(start, end);
    this.#hashes[id] = hash;
    this.#starts[id + 1] = this.#length;
    return id;
  }

  #append(start: number, end: number): void {
    const needed = this.#length + end - start;
    if (needed > this.#text.length) {
      const longer = new Uint8Array(Math.min(2 * needed, this.#bytes.length));
      longer.set(this.#text.subarray(0, this.#length));
      this.#text = longer;
    }
    const [text, bytes, length] = [this.#text, this.#bytes, this.#length];
    for (let i = start; i < end; i++) text[length + i - start] = bytes[i];
    this.#length = needed;
  }

  /** Gives the table more places. */
  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (const number of this.#slots) {
      if (number === 0) continue;
      let place = this.#hashes[number - 1] & mask;
      while (slots[place] !== 0) place = (place + 1) & mask;
      slots[place] = number;
    }
    this.#slots = slots;
  }
}

function twiceAsLong(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * list.length);
  longer.set(list);
  return longer;
}

/** FNV-1a over bytes (Fowler, Noll & Vo), its upper half folded in, since the table looks at the lowest bits. */
const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
