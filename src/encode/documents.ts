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

/** Sentences by documents. Where a model goes by marks and there are none at all, every sentence stands alone. */
export function cutDocuments<S extends Placed>(sentences: readonly S[], rule: DocumentRule): S[][] {
  const marked = rule === 'marked' && sentences.some(({ startsDocument }) => startsDocument === true);
  const size = typeof rule === 'number' ? rule : 1;
  const documents: S[][] = [];
  sentences.forEach((sentence, i) => {
    const begins = marked ? i === 0 || sentence.startsDocument === true : i % size === 0;
    if (begins) documents.push([sentence]);
    else documents[documents.length - 1].push(sentence);
  });
  return documents;
}
