import { type PlaceKind, type Sink, STEADY } from '../kind.js';
import { COUNT_BINS, countBin, SHARE_BINS, shareBin } from './bins.js';
import { byClasses, type TagCounts } from './tag_counts.js';
import { WordStatistics } from './word_statistics.js';

const MOST_DOUBLINGS = 6;
const SEEN = Array.from({ length: MOST_DOUBLINGS + 1 }, (_, i) => `seen ${2 ** i}${i === MOST_DOUBLINGS ? '+' : ''}`);

/**
 * `word-tags`: what the training part, without the token's own document, says of the word, lower-cased, digits as 0: unseen, or how
 * often it was seen (in doublings, to 64), and for O and each type that it has been, the share and how often it was seen (1, 2-3, 4+). A word
 * seen once, as a place: seen 1, I-LOC ≥.9 1.
 */
export function wordTagsKind(): PlaceKind {
  const statistics = new WordStatistics('IO', (word) => word.normalised.text);
  const namesOf = byClasses(shareNames);
  return {
    name: 'word-tags',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    read: (document, sink) => {
      const names = namesOf(statistics.counts);
      return (s, t) => {
        const row = statistics.rowOf(document[s].words[t]);
        if (row >= 0) sink.add(SEEN[Math.min(31 - Math.clz32(statistics.counts.total(row)), MOST_DOUBLINGS)]);
        addShares(row, statistics.counts, names, sink);
      };
    },
  };
}

/** `form-tags`: the same shares of the word as it is written, or unseen. */
export function formTagsKind(): PlaceKind {
  const statistics = new WordStatistics('IO', (word) => word.form);
  const namesOf = byClasses(shareNames);
  return {
    name: 'form-tags',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    read: (document, sink) => {
      const names = namesOf(statistics.counts);
      return (s, t) => addShares(statistics.rowOf(document[s].words[t]), statistics.counts, names, sink);
    },
  };
}

/** Values by class, share and count; shape [classes][shares][counts]. */
function shareNames(classes: readonly string[]): string[][][] {
  return classes.map((tag) => SHARE_BINS.map((share) => COUNT_BINS.map((count) => `${tag} ${share} ${count}`)));
}

function addShares(row: number, counts: TagCounts, names: readonly string[][][], sink: Sink): void {
  if (row < 0) {
    sink.add('unseen');
    return;
  }
  const total = counts.total(row);
  for (let c = 0; c < names.length; c++) {
    const count = counts.at(row, c);
    if (count > 0) sink.add(names[c][shareBin(count, total)][countBin(total)]);
  }
}
