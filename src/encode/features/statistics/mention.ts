import { type DocumentView, type Learned, type PlaceKind, type SentenceView, STEADY } from '../kind.js';
import { LongestFrom, matchPhrases, phraseKey } from '../phrases.js';
import { byClasses, TagCounts } from './tag_counts.js';

/** Longer entities are not looked for. */
const LONGEST = 6;
/** Of the labels of a word's other occurrences, so many of the commonest. */
const MOST_ELSEWHERE = 3;
const OUTSIDE = 'O';

/**
 * `mention`: the phrases of up to six words that the training part, without the token's own document, has as entities, the longest
 * first, none overlapping: the place in the phrase (BIES) with its commonest type, `?` where it was of several, `+` where it is longer
 * than a word; `none` outside. A single word is no phrase where it was O more than three times as often. Then the three commonest of
 * these labels at the word's other occurrences in the document. With New York known as a place, "in New York": none,
 * B-LOC+, E-LOC+.
 */
export function mentionKind(): PlaceKind {
  const statistics = new MentionStatistics();
  const labelsFor = byClasses((classes) => new Labels(classes));
  return {
    name: 'mention',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    read: (document, sink) => {
      const { names, elsewhere } = labelsFor(statistics.counts);
      const labels = document.map((sentence) => labelSentence(sentence, statistics));
      const counts = countLabels(document, labels);
      return (s, t) => {
        const label = labels[s][t];
        sink.add(names[label]);
        const found = counts.get(document[s].words[t].lower);
        if (found === undefined) return;
        for (const other of found.besides(label)) sink.add(elsewhere[other]);
      };
    },
  };
}

/** Labels by their numbers: 0 for none, then by type, whether of several, whether longer than a word, and place. */
class Labels {
  readonly names: readonly string[];
  readonly elsewhere: readonly string[];

  constructor(classes: readonly string[]) {
    const labels = classes
      .slice(1)
      .flatMap((type) => [type, `${type}?`])
      .flatMap((type) => [type, `${type}+`])
      .flatMap((type) => PLACES.map((place) => `${place}-${type}`));
    this.names = ['none', ...labels];
    this.elsewhere = this.names.map((name) => `elsewhere ${name}`);
  }
}

const PLACES = ['B', 'I', 'E', 'S'] as const;

/** The label of each token; shape [T]. */
function labelSentence({ words }: SentenceView, statistics: MentionStatistics): Uint32Array {
  const labels = new Uint32Array(words.length);
  const matches = matchPhrases(words, statistics.longest, (key, length) => statistics.typeOf(key, length));
  for (const { start, end, value } of matches) {
    const first = 1 + PLACES.length * (2 * value + (end - start > 1 ? 1 : 0));
    for (let t = start; t < end; t++) labels[t] = first + PLACES.indexOf(placeIn(start, end, t));
  }
  return labels;
}

function placeIn(start: number, end: number, t: number): (typeof PLACES)[number] {
  if (end - start === 1) return 'S';
  return t === start ? 'B' : t === end - 1 ? 'E' : 'I';
}

/** How often a word of a document has each label. */
class LabelCounts {
  readonly #counts = new Map<number, number>();
  readonly #besides = new Map<number, readonly number[]>();

  add(label: number): void {
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1);
  }

  /** The commonest labels without one occurrence of `own`, the smaller number first of equals. */
  besides(own: number): readonly number[] {
    const known = this.#besides.get(own);
    if (known !== undefined) return known;
    const others = [...this.#counts].map(([label, count]) => [label, label === own ? count - 1 : count] as const);
    const found = others.filter(([, count]) => count > 0).sort(([a, m], [b, n]) => n - m || a - b);
    const commonest = found.slice(0, MOST_ELSEWHERE).map(([label]) => label);
    this.#besides.set(own, commonest);
    return commonest;
  }
}

/** The labels of each word that begins with a letter, by the lower-cased word. */
function countLabels(document: DocumentView, labels: readonly Uint32Array[]): Map<string, LabelCounts> {
  const counts = new Map<string, LabelCounts>();
  document.forEach(({ words }, s) => {
    words.forEach(({ beginsWithLetter, lower }, t) => {
      if (!beginsWithLetter) return;
      const found = counts.get(lower) ?? new LabelCounts();
      counts.set(lower, found);
      found.add(labels[s][t]);
    });
  });
  return counts;
}

/** How often the training part has each phrase as an entity of each type, and words that are such phrases outside of entities. */
class MentionStatistics implements Learned {
  longest = new LongestFrom();
  /** Class 0 is O, for phrases of one word alone. */
  #counts = new TagCounts([]);
  readonly #rows = new Map<string, number>();

  get counts(): TagCounts {
    return this.#counts;
  }

  /** The commonest type of a phrase, as twice its place among the types, and 1 more where it is of several; undefined if it is none. */
  typeOf(key: string, length: number): number | undefined {
    const row = this.#rows.get(key);
    if (row === undefined) return undefined;
    const best = this.#counts.largest(row, 1);
    if (best < 0) return undefined;
    const total = this.#counts.total(row, 1);
    if (length === 1 && this.#counts.at(row, 0) > 3 * total) return undefined;
    return 2 * (best - 1) + (this.#counts.at(row, best) < total ? 1 : 0);
  }

  learn(documents: readonly DocumentView[]): void {
    const types = new Set<string>();
    for (const document of documents)
      for (const { entities } of document) for (const { type } of entities) types.add(type);
    this.#counts = new TagCounts([OUTSIDE, ...[...types].sort()]);
    // Every phrase has its row before words outside of entities are counted.
    for (const document of documents) this.#countEntities(document, 1);
    for (const document of documents) this.#countOutside(document, 1);
  }

  leaveOut(document: DocumentView): void {
    this.#countEntities(document, -1);
    this.#countOutside(document, -1);
  }

  putBack(document: DocumentView): void {
    this.#countEntities(document, 1);
    this.#countOutside(document, 1);
  }

  #countEntities(document: DocumentView, by: number): void {
    for (const { words, entities } of document) {
      for (const { start, end, type } of entities) {
        if (end - start > LONGEST) continue;
        const row = this.#rowFor(phraseKey(words, start, end));
        this.#counts.add(row, this.#counts.classes.indexOf(type, 1), by);
      }
    }
  }

  #countOutside(document: DocumentView, by: number): void {
    for (const { words, entities } of document) {
      const inside = new Uint8Array(words.length);
      for (const { start, end } of entities) inside.fill(1, start, end);
      for (let t = 0; t < words.length; t++) {
        const row = inside[t] === 1 ? undefined : this.#rows.get(words[t].normalised.text);
        if (row !== undefined) this.#counts.add(row, 0, by);
      }
    }
  }

  #rowFor(key: string): number {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#counts.addRow();
    this.#rows.set(key, row);
    this.longest.add(key);
    return row;
  }

  state(): unknown {
    return this.#counts.state(this.#rows.keys());
  }

  restore(state: unknown): void {
    const { counts, keys } = TagCounts.restore(state);
    this.#counts = counts;
    this.#rows.clear();
    this.longest = new LongestFrom();
    keys.forEach((key, row) => {
      this.#rows.set(key, row);
      this.longest.add(key);
    });
  }
}
