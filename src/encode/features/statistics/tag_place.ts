import { type PlaceKind, STEADY } from '../kind.js';
import { isSure } from './bins.js';
import { WordStatistics } from './word_statistics.js';

/**
 * `tag-place`: the BIOES tag other than O that the training part, without the token's own document, gives the word most often, and whether
 * that is more than .8 of those tags; nothing for a word that was always O. York, mostly at the end of places: E-LOC sure.
 */
export function tagPlaceKind(): PlaceKind {
  const statistics = new WordStatistics('BIOES', (word) => word.normalised.text);
  return {
    name: 'tag-place',
    needs: 'sentence',
    rules: STEADY,
    learned: statistics,
    ofWord: true,
    readInto: (sink) => {
      const { counts } = statistics;
      const numbers = counts.classes.map((tag) => [tag, `${tag} sure`].map((value) => sink.numberOf(value)));
      return (document) => (s, t) => {
        const row = statistics.rowOf(document[s].words[t]);
        const best = row < 0 ? -1 : counts.largest(row, 1);
        if (best >= 0) sink.push(numbers[best][isSure(counts.at(row, best), counts.total(row, 1)) ? 1 : 0]);
      };
    },
  };
}
