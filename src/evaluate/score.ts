import { DataError } from '../errors.js';
import { type Entity, entitiesOf } from '../text/tags.js';
import { compareCodePoints } from './order.js';

/** The tags of one sentence as the corpus and as the tagger has them, both of shape [T]. */
export interface TagPair {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  /** What `entitiesOf` gives of these tags, where that is known. */
  readonly entities?: { readonly gold: readonly Entity[]; readonly predicted: readonly Entity[] };
}

/** Fractions from 0 to 1; 0 where nothing was there to divide by, as in the CoNLL script. */
export interface Measures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Entities found, made up and missed, and what follows from them. */
export interface Tally extends Measures {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** Exact-span scores: an entity is correct if its first token, its last token and its type are. */
export interface Score {
  readonly sentences: number;
  readonly tokens: number;
  /** Tokens whose two tags are equal letter for letter. */
  readonly correctTokens: number;
  /** `correctTokens / tokens`, 0 without tokens. */
  readonly accuracy: number;
  readonly micro: Tally;
  /** The means of the types' measures, types that are only predicted included. */
  readonly macro: Measures;
  /** Every type of gold or predicted entities, by code point. */
  readonly perType: ReadonlyMap<string, Tally>;
}

interface TypeCounts {
  gold: number;
  predicted: number;
  correct: number;
}

/** `a / b`, 0 where b is 0. */
export function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}

/** Precision TP/(TP+FP), recall TP/(TP+FN) and their harmonic mean F1 = 2TP/(2TP+FP+FN) (van Rijsbergen 1979). */
export function tallyOf({ gold, predicted, correct }: Readonly<TypeCounts>): Tally {
  return {
    tp: correct,
    fp: predicted - correct,
    fn: gold - correct,
    precision: ratio(correct, predicted),
    recall: ratio(correct, gold),
    f1: ratio(2 * correct, gold + predicted),
  };
}

/**
 * Scores predicted tags against gold ones, entities being read by the rules of the CoNLL-2000 script.
 *
 * @throws DataError if a sentence has another number of predicted tags than of gold ones.
 */
export function score(sentences: Iterable<TagPair>): Score {
  const counts = new Map<string, TypeCounts>();
  const totals = { sentences: 0, tokens: 0, correctTokens: 0 };
  for (const { gold, predicted, entities } of sentences) {
    totals.sentences++;
    requireEqualLengths(gold, predicted, totals.sentences);
    totals.tokens += gold.length;
    for (let t = 0; t < gold.length; t++) if (gold[t] === predicted[t]) totals.correctTokens++;
    countEntities(entities?.gold ?? entitiesOf(gold), entities?.predicted ?? entitiesOf(predicted), counts);
  }
  return { ...totals, accuracy: ratio(totals.correctTokens, totals.tokens), ...summarise(counts) };
}

function requireEqualLengths(gold: readonly string[], predicted: readonly string[], sentence: number): void {
  if (gold.length === predicted.length) return;
  throw new DataError(`sentence ${sentence} has ${gold.length} gold tags and ${predicted.length} predicted ones`);
}

function countEntities(gold: readonly Entity[], predicted: readonly Entity[], counts: Map<string, TypeCounts>): void {
  for (const { type } of predicted) countsOf(type, counts).predicted++;
  let p = 0;
  for (const entity of gold) {
    const ofType = countsOf(entity.type, counts);
    ofType.gold++;
    while (p < predicted.length && predicted[p].start < entity.start) p++;
    if (p < predicted.length && isSameEntity(entity, predicted[p])) ofType.correct++;
  }
}

function countsOf(type: string, counts: Map<string, TypeCounts>): TypeCounts {
  let ofType = counts.get(type);
  if (ofType === undefined) {
    ofType = { gold: 0, predicted: 0, correct: 0 };
    counts.set(type, ofType);
  }
  return ofType;
}

/** Equal in span and type. */
export function isSameEntity(a: Entity, b: Entity): boolean {
  return a.start === b.start && a.end === b.end && a.type === b.type;
}

function summarise(counts: ReadonlyMap<string, TypeCounts>): Pick<Score, 'micro' | 'macro' | 'perType'> {
  const total = { gold: 0, predicted: 0, correct: 0 };
  const perType = new Map<string, Tally>();
  for (const [type, ofType] of [...counts].sort(([a], [b]) => compareCodePoints(a, b))) {
    total.gold += ofType.gold;
    total.predicted += ofType.predicted;
    total.correct += ofType.correct;
    perType.set(type, tallyOf(ofType));
  }
  const tallies = [...perType.values()];
  const mean = (measure: keyof Measures) =>
    ratio(
      tallies.reduce((sum, tally) => sum + tally[measure], 0),
      tallies.length,
    );
  const macro = { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
  return { micro: tallyOf(total), macro, perType };
}
