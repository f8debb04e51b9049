import { documentRule, type Placed } from '../encode/documents.js';
import { DataError } from '../errors.js';
import { keyedRandom, PLACE, permutation } from './random.js';
import { splitCorpus, unitsOf } from './split.js';

/** One turn of a cross-validation. The three parts have every sentence of the corpus once, in its order. */
export interface Fold<S> {
  readonly train: readonly S[];
  /** Of what is not scored on, to choose the epoch on. */
  readonly dev: readonly S[];
  /** What the model is scored on and has never seen. */
  readonly held: readonly S[];
}

/** What draws and sizes of the folds follow from. */
export interface FoldSettings {
  readonly seed: number;
  readonly devShare: number;
  readonly documentSentences: number;
}

/** The first sentences of the documents, ascending: marked ones, else runs of `documentSentences` if not 0. */
export function documentStarts(sentences: readonly Placed[], documentSentences: number): number[] {
  const rule = documentRule(sentences, documentSentences);
  if (rule === 'none') return [];
  return sentences.flatMap(({ startsDocument }, i) =>
    (rule === 'marked' ? startsDocument === true : i % rule === 0) ? [i] : [],
  );
}

/**
 * Cuts a corpus into folds of nearly equal numbers of sentences for a k-fold cross-validation (Stone 1974): whole documents at
 * random where there are any, else sentences. Each fold is held out once, and of the others a dev part as `splitCorpus` does.
 * @throws DataError if there are fewer documents, or sentences, than folds, or than two for a fold to train on
 */
export function cutFolds<S extends Placed>(sentences: readonly S[], count: number, settings: FoldSettings): Fold<S>[] {
  const { seed, devShare, documentSentences } = settings;
  const { starts, sizes, unit } = unitsOf(sentences.length, documentStarts(sentences, documentSentences));
  if (starts.length < Math.max(count, 3)) {
    throw new DataError(
      `a corpus of ${starts.length} ${unit}${starts.length === 1 ? '' : 's'} cannot be cut into ${count} folds and dev parts`,
      {
        hint: 'give a smaller --folds, or more text',
      },
    );
  }
  const foldOf = dealt(sizes, count, seed);
  return Array.from({ length: count }, (_, fold) => {
    const inFold = (i: number): boolean => foldOf[i] === fold;
    const held = sentences.filter((__, i) => inFold(i));
    const others = sentences.filter((__, i) => !inFold(i));
    const random = keyedRandom(seed, PLACE.folds, fold + 1);
    return { ...splitCorpus(others, documentStarts(others, documentSentences), devShare, random), held };
  });
}

/** The fold of each sentence: units at random, each to the fold that has the fewest sentences so far. */
function dealt(sizes: readonly number[], count: number, seed: number): number[] {
  const totals = new Array<number>(count).fill(0);
  const foldOfUnit = new Array<number>(sizes.length);
  for (const unit of permutation(sizes.length, keyedRandom(seed, PLACE.folds))) {
    const smallest = totals.indexOf(Math.min(...totals));
    totals[smallest] += sizes[unit];
    foldOfUnit[unit] = smallest;
  }
  return sizes.flatMap((size, unit) => new Array<number>(size).fill(foldOfUnit[unit]));
}
