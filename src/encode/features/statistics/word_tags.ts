import { type PlaceKind, type Sink, STEADY } from '../kind.js';
import { COUNT_BINS, countBin, SHARE_BINS, shareBin } from './bins.js';
import type { TagCounts } from './tag_counts.js';
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
  return {
    name: 'word-tags',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    ofWord: true,
    readInto: (sink) => {
      const { counts } = statistics;
      const seen = SEEN.map((value) => sink.numberOf(value));
      const shares = shareNumbers(counts.classes, sink);
      return (document) => (s, t) => {
        const row = statistics.rowOf(document[s].words[t]);
        if (row >= 0) sink.push(seen[Math.min(31 - Math.clz32(counts.total(row)), MOST_DOUBLINGS)]);
        pushShares(row, counts, shares, sink);
      };
    },
  };
}

/** `form-tags`: the same shares of the word as it is written, or unseen. */
export function formTagsKind(): PlaceKind {
  const statistics = new WordStatistics('IO', (word) => word.form);
  return {
    name: 'form-tags',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    ofWord: true,
    readInto: (sink) => {
      const { counts } = statistics;
      const shares = shareNumbers(counts.classes, sink);
      return (document) => (s, t) => pushShares(statistics.rowOf(document[s].words[t]), counts, shares, sink);
    },
  };
}

interface ShareNumbers {
  readonly unseen: number;
  /** By class, share and count; flat, shape [classes][shares][counts]. */
  readonly shares: Int32Array;
}

function shareNumbers(classes: readonly string[], sink: Sink): ShareNumbers {
  const values = classes.flatMap((tag) =>
    SHARE_BINS.flatMap((share) => COUNT_BINS.map((count) => `${tag} ${share} ${count}`)),
  );
  return { unseen: sink.numberOf('unseen'), shares: Int32Array.from(values, (value) => sink.numberOf(value)) };
}

function pushShares(row: number, counts: TagCounts, { unseen, shares }: ShareNumbers, sink: Sink): void {
  if (row < 0) {
    sink.push(unseen);
    return;
  }
  const total = counts.total(row);
  for (let c = 0; c < counts.classes.length; c++) {
    const count = counts.at(row, c);
    if (count === 0) continue;
    sink.push(shares[(c * SHARE_BINS.length + shareBin(count, total)) * COUNT_BINS.length + countBin(total)]);
  }
}
