import { type Word, WordNumbers } from '../../word.js';
import { type DistinctWords, distinctWords } from '../distinct_words.js';
import { type DocumentView, type Learned, type PlaceKind, type SentenceView, STEADY } from '../kind.js';
import { LongestFrom, matchPhrases, phraseKey } from '../phrases.js';
import { KeyRows } from './key_rows.js';
import { TagCounts } from './tag_counts.js';

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
  return {
    name: 'mention',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    readInto: (sink) => {
      const names = labelNames(statistics.counts.classes);
      const numbers = names.map((name) => sink.numberOf(name));
      const elsewhere = names.map((name) => sink.numberOf(`elsewhere ${name}`));
      return (document) => {
        const words = distinctWords(document);
        const labels = document.map((sentence) => labelSentence(sentence, statistics));
        const counts = countLabels(document, words, labels);
        return (s, t) => {
          const label = labels[s][t];
          sink.push(numbers[label]);
          const others = counts[words.at(s, t)]?.besides(label) ?? NO_LABELS;
          for (let i = 0; i < others.length; i++) sink.push(elsewhere[others[i]]);
        };
      };
    },
  };
}

/** What labels are called by their numbers: 0 for none, then by type, whether of several, whether longer than a word, and place. */
function labelNames(classes: readonly string[]): string[] {
  const labels = classes
    .slice(1)
    .flatMap((type) => [type, `${type}?`])
    .flatMap((type) => [type, `${type}+`])
    .flatMap((type) => PLACES.map((place) => `${place}-${type}`));
  return ['none', ...labels];
}

const NO_LABELS: readonly number[] = [];

const PLACES = ['B', 'I', 'E', 'S'] as const;

/** The label of each token; shape [T]. */
function labelSentence({ words }: SentenceView, statistics: MentionStatistics): Uint32Array {
  const labels = new Uint32Array(words.length);
  const matches = matchPhrases(words, statistics.longest, (start, end) => statistics.typeOf(words, start, end));
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
  /** The distinct labels; mostly there is one, and few words have many. */
  readonly #labels: number[] = [];
  readonly #counts: number[] = [];

  add(label: number): void {
    const i = this.#labels.indexOf(label);
    if (i >= 0) {
      this.#counts[i]++;
    } else {
      this.#labels.push(label);
      this.#counts.push(1);
    }
  }

  /** The commonest labels without one occurrence of `own`, the smaller number first of equals. */
  besides(own: number): readonly number[] {
    if (this.#labels.length === 1 && this.#labels[0] === own) return this.#counts[0] > 1 ? this.#labels : [];
    const others = this.#labels.map((label, i) => [label, this.#counts[i] - (label === own ? 1 : 0)] as const);
    const found = others.filter(([, count]) => count > 0).sort(([a, m], [b, n]) => n - m || a - b);
    return found.slice(0, MOST_ELSEWHERE).map(([label]) => label);
  }
}

/** The labels of each distinct word that begins with a letter and stands more than once: others have no other occurrences. */
function countLabels(
  document: DocumentView,
  distinct: DistinctWords,
  labels: readonly Uint32Array[],
): (LabelCounts | undefined)[] {
  const times = new Int32Array(distinct.size);
  for (const word of distinct.numbers) times[word]++;
  const counts = new Array<LabelCounts | undefined>(distinct.size).fill(undefined);
  document.forEach(({ words }, s) => {
    for (let t = 0; t < words.length; t++) {
      const word = distinct.at(s, t);
      if (times[word] === 1 || !words[t].beginsWithLetter) continue;
      counts[word] ??= new LabelCounts();
      counts[word].add(labels[s][t]);
    }
  });
  return counts;
}

/** How often the training part has each phrase as an entity of each type, and words that are such phrases outside of entities. */
class MentionStatistics implements Learned {
  longest = new LongestFrom();
  /** Class 0 is O, for phrases of one word alone. */
  #counts = new TagCounts([]);
  readonly #rows = new KeyRows();
  /** The row of each word that is a phrase, −1 where there is none. */
  readonly #wordRows = new WordNumbers((word) => this.#rows.of(word.normalised.text));
  /** Where the counts stand of the document that was left out last. */
  #leftOut: readonly number[] = [];

  get counts(): TagCounts {
    return this.#counts;
  }

  /** The commonest type of a phrase, as twice its place among the types, and 1 more where it is of several; undefined if it is none. */
  typeOf(words: readonly Word[], start: number, end: number): number | undefined {
    const isWord = end - start === 1;
    const row = isWord ? this.#wordRows.of(words[start]) : this.#rows.of(phraseKey(words, start, end));
    if (row < 0) return undefined;
    const best = this.#counts.largest(row, 1);
    if (best < 0) return undefined;
    const total = this.#counts.total(row, 1);
    if (isWord && this.#counts.at(row, 0) > 3 * total) return undefined;
    return 2 * (best - 1) + (this.#counts.at(row, best) < total ? 1 : 0);
  }

  learn(documents: readonly DocumentView[]): void {
    const types = new Set<string>();
    for (const document of documents)
      for (const { entities } of document) for (const { type } of entities) types.add(type);
    this.#counts = new TagCounts([OUTSIDE, ...[...types].sort()]);
    // Every phrase has its row before words outside of entities are counted.
    for (const document of documents) this.#counts.addAll(this.#entityPlaces(document), 1);
    this.#wordRows.forget();
    for (const document of documents) this.#counts.addAll(this.#outsidePlaces(document), 1);
  }

  leaveOut(document: DocumentView): void {
    this.#leftOut = [...this.#entityPlaces(document), ...this.#outsidePlaces(document)];
    this.#counts.addAll(this.#leftOut, -1);
  }

  putBack(): void {
    this.#counts.addAll(this.#leftOut, 1);
  }

  /** Where the counts of a document's entities stand; phrases that are not known yet get their rows. */
  #entityPlaces(document: DocumentView): number[] {
    const places: number[] = [];
    for (const { words, entities } of document) {
      for (const { start, end, type } of entities) {
        if (end - start > LONGEST) continue;
        const row = this.#rowFor(phraseKey(words, start, end));
        places.push(this.#counts.placeOf(row, this.#counts.classes.indexOf(type, 1)));
      }
    }
    return places;
  }

  /** Where the counts stand of a document's words that are phrases, but outside of entities. */
  #outsidePlaces(document: DocumentView): number[] {
    const places: number[] = [];
    for (const { words, entities } of document) {
      const inside = new Uint8Array(words.length);
      for (const { start, end } of entities) inside.fill(1, start, end);
      for (let t = 0; t < words.length; t++) {
        const row = inside[t] === 1 ? -1 : this.#wordRows.of(words[t]);
        if (row >= 0) places.push(this.#counts.placeOf(row, 0));
      }
    }
    return places;
  }

  #rowFor(key: string): number {
    const known = this.#rows.of(key);
    if (known >= 0) return known;
    const row = this.#counts.addRow();
    this.#rows.add(key, row);
    this.longest.add(key);
    return row;
  }

  state(): unknown {
    return this.#counts.state(this.#rows.keys());
  }

  restore(state: unknown): void {
    const { counts, keys } = TagCounts.restore(state);
    this.#counts = counts;
    this.#wordRows.forget();
    this.#rows.restore(keys);
    this.longest = new LongestFrom();
    for (const key of this.#rows.keys()) this.longest.add(key);
  }
}
