/** A sentence that may be the first of a document. */
export interface Placed {
  /** Whether the corpus or the user says that a document begins here. */
  readonly startsDocument?: boolean;
}

/**
 * What a model takes for a document: what is marked, so many consecutive sentences, or nothing, each sentence standing alone.
 * Decided at training, and kept by the model.
 */
export type DocumentRule = 'marked' | 'none' | number;

/** The rule for a training part: its marks if it has any, else `size` sentences at a time, 0 standing for no documents. */
export function documentRule(sentences: readonly Placed[], size: number): DocumentRule {
  if (sentences.some(({ startsDocument }) => startsDocument === true)) return 'marked';
  return size > 0 ? size : 'none';
}

/** Sentences by documents. Where a model goes by marks, every sentence before the first mark stands alone. */
export function cutDocuments<S extends Placed>(sentences: readonly S[], rule: DocumentRule): S[][] {
  const documents: S[][] = [];
  const begins = documentBeginnings(rule);
  for (const sentence of sentences) {
    if (begins(sentence)) documents.push([sentence]);
    else documents[documents.length - 1].push(sentence);
  }
  return documents;
}

/** Tells of sentences, given one after the other, whether a document begins with them. */
export function documentBeginnings(rule: DocumentRule): (sentence: Placed) => boolean {
  let sentences = 0;
  let marked = false;
  return ({ startsDocument = false }) => {
    marked ||= startsDocument;
    if (rule === 'marked') return startsDocument || !marked;
    return rule === 'none' || sentences++ % rule === 0;
  };
}
