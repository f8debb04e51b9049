import type { Sentence } from '../text/sentence.js';
import type { DocumentRule } from './documents.js';
import type { DocumentView, FeatureKind, SingleKind } from './features/kind.js';
import { CountingSink } from './sinks.js';
import { Vocabulary } from './vocabulary.js';
import type { Word } from './word.js';

/**
 * Does something for each document while what kinds have learned lacks it. Where documents are only counted off, one before and one
 * after are left out too: the article that a document is cut from may go on there.
 */
export function eachLeftOut(
  kinds: readonly FeatureKind[],
  documents: readonly DocumentView[],
  rule: DocumentRule,
  action: (document: DocumentView) => void,
): void {
  const learned = kinds.flatMap((kind) => (kind.needs !== 'token' && kind.learned ? [kind.learned] : []));
  const around = typeof rule === 'number' ? 1 : 0;
  documents.forEach((document, d) => {
    const leftOut = documents.slice(Math.max(0, d - around), d + around + 1).flat();
    for (const one of learned) one.leaveOut(leftOut);
    try {
      action(document);
    } finally {
      for (const one of learned) one.putBack();
    }
  });
}

/** The vocabulary of each kind: its values in the training part. */
export function countValues(
  kinds: readonly FeatureKind[],
  documents: readonly DocumentView[],
  rule: DocumentRule,
  minCount: number,
): Vocabulary[] {
  const sinks = kinds.map(({ rules }) => new CountingSink(Math.max(minCount, rules.minCount)));
  countTokenValues(kinds, sinks, documents);
  const places = kinds.flatMap((kind, k) => (kind.needs === 'token' ? [] : [kind.readInto(sinks[k])]));
  eachLeftOut(kinds, documents, rule, (document) => {
    for (const read of places) {
      const reader = read(document);
      for (let s = 0; s < document.length; s++) for (let t = 0; t < document[s].words.length; t++) reader(s, t);
    }
  });
  return kinds.map(({ rules }, k) => Vocabulary.fromCounts(sinks[k].entries(), 1, rules.lookup));
}

/** The vocabulary of a kind of one value a token, which needs no views of words. */
export function countSingles(
  sentences: readonly Sentence[],
  { single, rules }: SingleKind,
  minCount: number,
): Vocabulary {
  const sink = new CountingSink(Math.max(minCount, rules.minCount));
  for (const { tokens } of sentences) {
    for (let t = 0; t < tokens.length; t++) sink.push(sink.numberOf(single(tokens[t])));
  }
  return Vocabulary.fromCounts(sink.entries(), 1, rules.lookup);
}

/** Each word's values once, counted as often as the word stands there. */
function countTokenValues(
  kinds: readonly FeatureKind[],
  sinks: readonly CountingSink[],
  documents: readonly DocumentView[],
): void {
  const words: Word[] = [];
  // by the words' numbers; one without a number is another at each place
  const counts: number[] = [];
  for (const document of documents) {
    for (const sentence of document) {
      for (const word of sentence.words) {
        const { number } = word;
        if (number >= 0 && counts[number] > 0) {
          counts[number]++;
          continue;
        }
        words.push(word);
        if (number >= 0) counts[number] = 1;
      }
    }
  }
  kinds.forEach((kind, k) => {
    if (kind.needs !== 'token') return;
    for (const word of words) {
      const times = word.number < 0 ? 1 : counts[word.number];
      for (const value of kind.valuesOf(word)) sinks[k].push(sinks[k].numberOf(value), times);
    }
  });
}
