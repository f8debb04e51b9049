/**
 * How the one-hots of a column table are dropped in training. Rarity dropout: for each token and step a u is drawn and every one-hot that
 * was seen too seldom for it becomes its kind's unknown entry or is left out, all of a token's together, so that the unknown entries are
 * trained on the company that rare words keep. K kinds, N rows.
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

/** How the one-hots of both tables are dropped. */
export interface SentenceDropRules {
  readonly input: DropRules;
  readonly wide: DropRules;
}

/** Draws of a token that a kind may name. */
export const DRAWS = ['token', 'conjunction', 'context'] as const;
