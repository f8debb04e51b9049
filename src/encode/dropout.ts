import { OneHotList, type OneHots, type SentencesInRow } from './one_hots.js';
import { ReusedInts } from './reused.js';

/**
 * How the one-hots of a column table are dropped in training: typed arrays alone, so that threads can share them. K kinds,
 * N rows.
 */
export interface DropRules {
  /** Shape [N]: the kind of each row. */
  readonly kinds: Uint8Array;
  /** Shape [N]: how often the training part has the row; 0 for the unknown entries. */
  readonly counts: Int32Array;
  /** Shape [K]: the row that stands for a dropped one, −1 where it is left out. */
  readonly unknown: Int32Array;
  /** Shape [K]: which of a token's draws decides whether a row is too rare, −1 for none. */
  readonly draws: Int8Array;
  /** Shape [K]: the chance that a one-hot is dropped whatever its count. */
  readonly dropout: Float64Array;
  /** Shape [K]: 1 where that is decided once for all tokens of a sentence. */
  readonly bySentence: Uint8Array;
  /** Shape [K]: 1 where the columns of a token are averaged. */
  readonly mean: Uint8Array;
}

/** How the one-hots of both tables are dropped; can be posted to other threads. */
export interface SentenceDropRules {
  readonly input: DropRules;
  readonly wide: DropRules;
}

/** Draws of a token that a kind may name. */
export const DRAWS = ['token', 'conjunction', 'context'] as const;

/** A one-hot seen n times in training stays if n ≥ a(1 − u)/u, with a = 1, for the token's u in [0, 1): with chance n/(1 + n). */
function staysAt(u: number, count: number): boolean {
  return u * (1 + count) >= 1;
}

/**
 * Sentences as one training step sees them. Rarity dropout: for each token and step a u is drawn and every one-hot that was seen
 * too seldom for it becomes its kind's unknown entry or is left out, all of a token's together, so that the unknown entries are
 * trained on the company that rare words keep. Then plain dropout, and the weights of what is left.
 */
export class Dropper {
  readonly #rules: readonly DropRules[];
  readonly #lists: readonly OneHotList[];
  readonly #tokenStarts = new ReusedInts();
  readonly #ids = new ReusedInts();
  /** 0, 1, 2 …: the starts of tokens with one one-hot each. */
  #counting = new Int32Array(0);

  constructor({ input, wide }: SentenceDropRules) {
    this.#rules = [input, wide];
    this.#lists = this.#rules.map(() => new OneHotList());
  }

  /**
   * Some of the sentences in a row, in a row of their own that is good until the next call. `drawsOf` begins the draws of a
   * sentence, in [0, 1), which hold in both tables: one at the first one-hot of a token that needs it, in order.
   */
  drop(row: SentencesInRow, chosen: Int32Array, drawsOf: (sentence: number) => () => number): SentencesInRow {
    for (const list of this.#lists) list.clear();
    const tokenStarts = this.#tokenStarts.take(chosen.length + 1);
    tokenStarts[0] = 0;
    for (let i = 0; i < chosen.length; i++) {
      tokenStarts[i + 1] = tokenStarts[i] + row.tokenStarts[chosen[i] + 1] - row.tokenStarts[chosen[i]];
    }
    if (row.wide === undefined && isSimple(row.input, this.#rules[0])) {
      return { tokenStarts, input: this.#dropSimply(row, chosen, tokenStarts, drawsOf) };
    }
    const tables = row.wide === undefined ? [row.input] : [row.input, row.wide];
    for (const s of chosen) this.#dropSentence(tables, row.tokenStarts[s], row.tokenStarts[s + 1], drawsOf(s));
    const [input, wide] = tables.map(({ weights }, i) => this.#lists[i].view(weights !== undefined));
    return wide === undefined ? { tokenStarts, input } : { tokenStarts, input, wide };
  }

  /** Nothing moves: ids alone change. */
  #dropSimply(
    { tokenStarts: from, input: { starts, ids } }: SentencesInRow,
    chosen: Int32Array,
    tokenStarts: Int32Array,
    drawsOf: (sentence: number) => () => number,
  ): OneHots {
    const { counts, unknown } = this.#rules[0];
    const tokens = tokenStarts[chosen.length];
    const kept = this.#ids.take(tokens);
    for (let i = 0; i < chosen.length; i++) {
      const random = drawsOf(chosen[i]);
      let o = starts[from[chosen[i]]];
      for (let t = tokenStarts[i]; t < tokenStarts[i + 1]; t++, o++) {
        kept[t] = staysAt(random(), counts[ids[o]]) ? ids[o] : unknown[0];
      }
    }
    if (this.#counting.length <= tokens) this.#counting = Int32Array.from({ length: 2 * tokens + 1 }, (_, t) => t);
    return { starts: this.#counting.subarray(0, tokens + 1), ids: kept };
  }

  #dropSentence(tables: readonly OneHots[], first: number, end: number, random: () => number): void {
    const draws = { u: new Float64Array(DRAWS.length), sentence: new Map<number, boolean>(), random };
    for (let t = first; t < end; t++) {
      for (let draw = 0; draw < DRAWS.length; draw++) draws.u[draw] = -1;
      for (let i = 0; i < tables.length; i++) dropToken(tables[i], t, this.#rules[i], this.#lists[i], draws);
    }
  }
}

interface Draws {
  /** Shape [draws]: the token's numbers, −1 where not drawn yet. */
  readonly u: Float64Array;
  /** What was decided for a row in the whole sentence: whether it stays. */
  readonly sentence: Map<number, boolean>;
  readonly random: () => number;
}

function dropToken({ starts, ids }: OneHots, t: number, rules: DropRules, list: OneHotList, draws: Draws): void {
  let first = list.length;
  let kind = -1;
  for (let i = starts[t]; i < starts[t + 1]; i++) {
    const k = rules.kinds[ids[i]];
    if (k !== kind) {
      closeMean(kind, first, rules, list);
      first = list.length;
      kind = k;
    }
    const id = keptRow(ids[i], k, rules, draws);
    if (id >= 0) list.push(id);
  }
  closeMean(kind, first, rules, list);
  list.endToken();
}

/** One-hots of an averaged kind stand next to each other: each weighs 1/n. */
function closeMean(kind: number, first: number, { mean }: DropRules, list: OneHotList): void {
  if (kind >= 0 && mean[kind] === 1 && list.length > first) list.weigh(first, 1 / (list.length - first));
}

/** The row itself, its kind's unknown entry, or −1. */
function keptRow(id: number, kind: number, rules: DropRules, { u, sentence, random }: Draws): number {
  const rate = rules.dropout[kind];
  if (rate > 0) {
    if (rules.bySentence[kind] === 1) {
      let stays = sentence.get(id);
      if (stays === undefined) {
        stays = random() >= rate;
        sentence.set(id, stays);
      }
      if (!stays) return -1;
    } else if (random() < rate) {
      return -1;
    }
  }
  const draw = rules.draws[kind];
  if (draw < 0) return id;
  if (u[draw] < 0) u[draw] = random();
  return staysAt(u[draw], rules.counts[id]) ? id : rules.unknown[kind];
}

/** Whether each token has one one-hot, which a rare word's becomes the unknown: nothing moves. */
function isSimple({ starts, ids }: OneHots, { unknown, dropout, mean, draws }: DropRules): boolean {
  const single = unknown.length === 1 && ids.length === starts.length - 1;
  return single && unknown[0] >= 0 && dropout[0] === 0 && mean[0] === 0 && draws[0] >= 0;
}
