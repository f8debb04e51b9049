import type { EncodedSentence } from './encoder.js';
import { OneHotList, type OneHots } from './one_hots.js';

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
 * The one-hots of a sentence as one training step sees them. Rarity dropout: for each token and step a u is drawn and every
 * one-hot that was seen too seldom for it becomes its kind's unknown entry or is left out, all of a token's together, so that the
 * unknown entries are trained on the company that rare words keep. Then plain dropout, and the weights of what is left.
 *
 * `tables` are those of one sentence with their rules; a token's draws hold in all of them. Numbers are drawn at the first
 * one-hot of a token that needs them, in order.
 */
export function dropOneHots(
  tables: readonly { readonly oneHots: OneHots; readonly rules: DropRules }[],
  random: () => number,
): OneHots[] {
  if (tables.length === 1 && isSimple(tables[0].oneHots, tables[0].rules)) {
    return [dropSimply(tables[0].oneHots, tables[0].rules, random)];
  }
  const length = tables[0].oneHots.starts.length - 1;
  const lists = tables.map(({ oneHots }) => new OneHotList(oneHots.starts[length] - oneHots.starts[0], length));
  const sentenceDraws = new Map<number, boolean>();
  const u = new Float64Array(DRAWS.length);
  for (let t = 0; t < length; t++) {
    u.fill(-1);
    tables.forEach(({ oneHots, rules }, i) => {
      dropToken(oneHots, t, rules, lists[i], { u, sentence: sentenceDraws, random });
    });
  }
  return lists.map((list, i) => list.toOneHots(tables[i].oneHots.weights !== undefined));
}

/**
 * A sentence as one step of training sees it: rare one-hots, and some at random, dropped as their kinds tell. Draws numbers
 * in the order of the tokens.
 */
export function dropRare(
  sentence: EncodedSentence,
  { input, wide }: SentenceDropRules,
  random: () => number,
): EncodedSentence {
  const tables = [{ oneHots: sentence as OneHots, rules: input }];
  if (sentence.wide !== undefined) tables.push({ oneHots: sentence.wide, rules: wide });
  const [kept, wideKept] = dropOneHots(tables, random);
  const dropped = { length: sentence.length, ...kept };
  return wideKept === undefined ? dropped : { ...dropped, wide: wideKept };
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

function dropSimply({ starts, ids }: OneHots, { counts, unknown }: DropRules, random: () => number): OneHots {
  return { starts, ids: ids.map((id) => (staysAt(random(), counts[id]) ? id : unknown[0])) };
}
