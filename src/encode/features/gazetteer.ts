import { UsageError } from '../../errors.js';
import { tagsOf } from '../../text/tags.js';
import { normalise } from '../characters.js';
import { joinLines, linesIn, splitLines } from '../lines.js';
import { type Learned, type PlaceKind, STEADY } from './kind.js';
import { LongestFrom, matchPhrases, phraseKey } from './phrases.js';

/** A list of names of one type, each as its tokens. */
export interface Gazetteer {
  readonly type: string;
  readonly phrases: readonly (readonly string[])[];
}

/**
 * `gazetteer`: where the sentence has a phrase of the user's lists (`--gazetteer LOC=places.txt`), whatever its case: the type of
 * the list with the place in the phrase. With "New York" among the places, in "New York wins" New → B-LOC and York → E-LOC.
 * The longest phrase counts; each list is looked up by itself.
 */
export function gazetteerKind(gazetteers: readonly Gazetteer[]): PlaceKind {
  const learned = new Lists(gazetteers);
  return {
    name: 'gazetteer',
    needs: 'sentence',
    rules: STEADY,
    learned,
    readInto: (sink) => (document) => {
      const found = document.map(({ words }) =>
        learned.lists.map(({ type, phrases, longest }) => {
          const matches = matchPhrases(words, longest, (start, end) =>
            phrases.has(phraseKey(words, start, end)) ? type : undefined,
          );
          const entities = matches.map(({ start, end }) => ({ start, end, type }));
          return tagsOf(
            entities.sort((a, b) => a.start - b.start),
            words.length,
            'BIOES',
          );
        }),
      );
      return (s, t) => {
        for (const tags of found[s]) if (tags[t] !== 'O') sink.push(sink.numberOf(tags[t]));
      };
    },
  };
}

interface List {
  readonly type: string;
  readonly phrases: ReadonlySet<string>;
  readonly longest: LongestFrom;
}

/** The lists that a model was trained with; it keeps them. */
class Lists implements Learned {
  lists: readonly List[];

  constructor(gazetteers: readonly Gazetteer[]) {
    const keys = new Map<string, Set<string>>();
    for (const { type, phrases } of gazetteers) {
      const known = keys.get(type) ?? new Set();
      keys.set(type, known);
      for (const phrase of phrases) if (phrase.length > 0) known.add(phrase.map(normalise).join(' '));
    }
    this.lists = [...keys].map(([type, phrases]) => listOf(type, phrases));
  }

  learn(): void {
    if (this.lists.length > 0) return;
    throw new UsageError('the feature gazetteer has no list to look names up in', {
      hint: '--gazetteer PER=names.txt gives one, a name a line',
    });
  }

  leaveOut(): void {}

  putBack(): void {}

  state(): unknown {
    return this.lists.map(({ type, phrases }) => [type, joinLines([...phrases].sort())]);
  }

  restore(state: unknown): void {
    if (!Array.isArray(state)) throw new RangeError('it has no lists');
    this.lists = state.map((list: unknown) => {
      if (!Array.isArray(list) || typeof list[0] !== 'string') throw new RangeError('a list has no type');
      return listOf(list[0], new Set(splitLines(linesIn(list[1]))));
    });
  }
}

function listOf(type: string, phrases: ReadonlySet<string>): List {
  const longest = new LongestFrom();
  for (const key of phrases) longest.add(key);
  return { type, phrases, longest };
}
