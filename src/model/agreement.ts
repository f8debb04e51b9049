import { normalise } from '../encode/characters.js';
import type { FloatArray } from '../kernels/kernels.js';
import { naturalLog } from '../network/natural_log.js';

/** A sentence's part in a document. */
export interface Passage {
  readonly tokens: readonly string[];
}

/** What is known of tokens, one after the other in the order of their documents. */
export interface Beliefs {
  /** The group of every tag: its type of entity, or the last one for O; shape [K]. */
  readonly groups: Int32Array;
  /** Of each group how probable it is that a token is of it; shape [R,G]. */
  readonly probabilities: Float64Array;
}

/** What every group is believed at least: other places may always mislead. */
const LEAST = 0.05;

/** Where a word stands, and what it is believed to be there and elsewhere. */
type Places = number[];

/**
 * Adds weight · ln(0.05 + (1 − 0.05 G) q) to the logits of a token's tags, q being the mean of what the other places of its word in the
 * document are believed to be, wherever they are mostly of one type of entity: a word that was a person in one sentence of a document is
 * seldom something else in another (Krishnan & Manning 2006 let a second model learn it). Words are the same by their normalised form.
 * @param documents whose sentences together have R tokens
 * @param logits shape [R,K]; changed in place
 */
export function agree(
  documents: readonly (readonly Passage[])[],
  { groups, probabilities }: Beliefs,
  weight: number,
  logits: FloatArray,
): void {
  const G = groups.reduce((most, group) => Math.max(most, group), 0) + 1;
  const sums = new Float64Array(G);
  const added = new Float64Array(G);
  let row = 0;
  for (const document of documents) {
    const places = new Map<string, Places>();
    for (const { tokens } of document) row = notePlaces(tokens, row, places);
    for (const rows of places.values()) if (rows.length > 1) adjust(rows);
  }

  function adjust(rows: Places): void {
    sums.fill(0);
    for (const r of rows) for (let g = 0; g < G; g++) sums[g] += probabilities[r * G + g];
    for (const r of rows) {
      let most = 0;
      for (let g = 0; g < G; g++) {
        const elsewhere = Math.max(0, sums[g] - probabilities[r * G + g]) / (rows.length - 1);
        added[g] = LEAST + (1 - LEAST * G) * elsewhere;
        if (added[g] > added[most]) most = g;
      }
      if (most === G - 1) continue;
      for (let g = 0; g < G; g++) added[g] = weight * naturalLog(added[g]);
      for (let y = 0; y < groups.length; y++) logits[r * groups.length + y] += added[groups[y]];
    }
  }
}

/** Returns the row behind those of the tokens. */
function notePlaces(tokens: readonly string[], first: number, places: Map<string, Places>): number {
  tokens.forEach((token, t) => {
    const word = normalise(token);
    const known = places.get(word);
    if (known === undefined) places.set(word, [first + t]);
    else known.push(first + t);
  });
  return first + tokens.length;
}
