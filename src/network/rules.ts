/** The bit of `TagRules.pairs` that says that the second tag may follow the first. */
export const LEGAL = 4;

/** What K tags mean, by their ids. */
export interface TagRules {
  /**
   * Shape [K+1,K+1], for every tag followed by every tag, K standing for the outside of the sentence: 1 where an entity
   * begins with the second, plus 2 where one ends with the first, plus LEGAL.
   */
  readonly pairs: Int32Array;
  /** The type of entity that a tag is of, −1 for none; shape [K]. */
  readonly types: Int32Array;
}
