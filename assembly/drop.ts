/** Dropout of one-hots, by what each was seen and by chance. */

import { mix } from './hash';
import { at, put } from './lists';
import { prefetchRow } from './prefetch';

/** The one-hots of one column table. Weights are 0 where there are none. */
@unmanaged
class Table {
  starts: usize;
  ids: usize;
  /** Shape [N,2]: the kind and the count of each row. */
  rows: usize;
  /** Shape [K,5], see `Kind`. */
  kinds: usize;
  toStarts: usize;
  toIds: usize;
  toWeights: usize;
  /** Tokens and one-hots that stayed so far. */
  tokens: i32;
  length: i32;

  begin(starts: usize, ids: usize, rows: usize, kinds: usize, toStarts: usize, toIds: usize, toWeights: usize): void {
    this.starts = starts;
    this.ids = ids;
    this.rows = rows;
    this.kinds = kinds;
    this.toStarts = toStarts;
    this.toIds = toIds;
    this.toWeights = toWeights;
    this.tokens = 0;
    this.length = 0;
    store<i32>(toStarts, 0);
  }

  /**
   * Asks for the rules of the one-hots of some tokens. Whether a rare one stays cannot be foreseen, and so their waits would come one
   * after the other.
   */
  prefetch(first: i32, end: i32): void {
    const last = at(this.starts, end);
    for (let i = at(this.starts, first); i < last; i++) prefetchRow(this.rows + ((<usize>at(this.ids, i)) << 3), 8);
  }

  kindOf(id: i32): i32 {
    return at(this.rows, 2 * id);
  }

  countOf(id: i32): i32 {
    return at(this.rows, 2 * id + 1);
  }

  kind(k: i32): Kind {
    return changetype<Kind>(this.kinds + <usize>k * offsetof<Kind>());
  }

  push(id: i32): void {
    put(this.toIds, this.length, id);
    if (this.toWeights !== 0) store<f32>(this.toWeights + ((<usize>this.length) << 2), 1);
    this.length++;
  }

  /** One-hots of an averaged kind stand next to each other: each weighs 1/n. */
  closeMean(k: i32, first: i32): void {
    if (k < 0 || !this.kind(k).mean || this.toWeights === 0) return;
    const weight: f32 = <f32>1 / <f32>(this.length - first);
    for (let i = first; i < this.length; i++) store<f32>(this.toWeights + ((<usize>i) << 2), weight);
  }

  endToken(): void {
    put(this.toStarts, ++this.tokens, this.length);
  }
}

/** A row of a table's rules. */
@unmanaged
class Kind {
  /** The row that stands for one that is too rare; −1 where it is left out. */
  unknown: i32;
  /** Which of a token's draws decides that; −1 for none. */
  draw: i32;
  /** A draw below it drops, whatever the count; 0 for none. */
  threshold: u32;
  /** 1 where that is decided once for all tokens of a sentence. */
  bySentence: i32;
  /** 1 where the columns of a token are averaged. */
  mean: i32;
}

/** The draws of a sentence, each a hash of its key and of its own number. Behind it in memory are those that the token has made so far. */
@unmanaged
class Draws {
  key: u32;
  drawn: u32;
  /** A bit for each of the token's draws that was made. */
  made: i32;
  /** What was decided for rows in whole sentences: twice the sentence's number, and 1 where it stays. */
  decided: usize;
  sentence: i32;

  next(): u32 {
    return mix(this.key, this.drawn++);
  }

  /** The token's own draw of that kind. */
  ofToken(draw: i32): u32 {
    const place = changetype<usize>(this) + offsetof<Draws>() + ((<usize>draw) << 2);
    const bit = 1 << draw;
    if ((this.made & bit) === 0) {
      this.made |= bit;
      store<u32>(place, this.next());
    }
    return load<u32>(place);
  }

  /** Whether a row stays in this sentence. */
  staysInSentence(id: i32, threshold: u32): bool {
    const known = at(this.decided, id);
    if (known >> 1 === this.sentence) return (known & 1) !== 0;
    const stays = this.next() >= threshold;
    put(this.decided, id, 2 * this.sentence + (stays ? 1 : 0));
    return stays;
  }
}

/** Draws that a token may have. */
const MOST_DRAWS: usize = 16;

function drawsBytes(): usize {
  return offsetof<Draws>() + (MOST_DRAWS << 2);
}

export function dropScratch(): usize {
  return drawsBytes() + 2 * offsetof<Table>();
}

/**
 * What is left of the one-hots of some sentences, in a row; the second table is none where its `starts2` is 0. `decided` has an
 * integer for each row of either table if whole sentences are decided on, and behind these the number of the last sentence.
 */
export function dropOneHots(
  sentences: usize,
  B: i32,
  tokenStarts: usize,
  key: u32,
  decided: usize,
  decidedRows: i32,
  starts: usize,
  ids: usize,
  rows: usize,
  kinds: usize,
  toStarts: usize,
  toIds: usize,
  toWeights: usize,
  starts2: usize,
  ids2: usize,
  rows2: usize,
  kinds2: usize,
  toStarts2: usize,
  toIds2: usize,
  toWeights2: usize,
  scratch: usize,
): void {
  const draws = changetype<Draws>(scratch);
  const table = changetype<Table>(scratch + drawsBytes());
  const second = changetype<Table>(scratch + drawsBytes() + offsetof<Table>());
  table.begin(starts, ids, rows, kinds, toStarts, toIds, toWeights);
  if (starts2 !== 0) second.begin(starts2, ids2, rows2, kinds2, toStarts2, toIds2, toWeights2);
  draws.decided = decided;
  for (let i = 0; i < B; i++) {
    const s = at(sentences, i);
    draws.key = mix(key, s);
    draws.drawn = 0;
    draws.sentence = nextNumber(decided, decidedRows);
    const first = at(tokenStarts, s);
    const end = at(tokenStarts, s + 1);
    table.prefetch(first, end);
    if (starts2 !== 0) second.prefetch(first, end);
    for (let t = first; t < end; t++) {
      draws.made = 0;
      dropToken(table, t, draws);
      if (starts2 !== 0) dropToken(second, t, draws);
    }
  }
}

/** One that no sentence had since the decisions were last forgotten. */
function nextNumber(decided: usize, rows: i32): i32 {
  let number = at(decided, rows) + 1;
  if (number === LARGEST_NUMBER) {
    memory.fill(decided, 0, (<usize>rows) << 2);
    number = 1;
  }
  put(decided, rows, number);
  return number;
}

const LARGEST_NUMBER: i32 = 1 << 30;

function dropToken(table: Table, t: i32, draws: Draws): void {
  let first = table.length;
  let k = -1;
  const end = at(table.starts, t + 1);
  for (let i = at(table.starts, t); i < end; i++) {
    const id = at(table.ids, i);
    if (table.kindOf(id) !== k) {
      table.closeMean(k, first);
      first = table.length;
      k = table.kindOf(id);
    }
    const kept = keptRow(table, table.kind(k), id, draws);
    if (kept >= 0) table.push(kept);
  }
  table.closeMean(k, first);
  table.endToken();
}

/** The row itself, its kind's unknown entry, or −1. */
function keptRow(table: Table, kind: Kind, id: i32, draws: Draws): i32 {
  const threshold = kind.threshold;
  if (threshold > 0) {
    const stays = kind.bySentence ? draws.staysInSentence(id, threshold) : draws.next() >= threshold;
    if (!stays) return -1;
  }
  if (kind.draw < 0) return id;
  // u (1 + n) ≥ 1, with u as many 2^-32
  const stays = <u64>draws.ofToken(kind.draw) * <u64>(1 + table.countOf(id)) >= (<u64>1) << 32;
  return stays ? id : kind.unknown;
}
