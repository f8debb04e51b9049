import { joinLines, linesIn, splitLines } from '../lines.js';
import { type DocumentView, type Learned, PLAIN, type PlaceKind } from './kind.js';

const LONGEST = 12;
const LEAST_DOCUMENTS = 3;

/**
 * `headline`: the first twelve words of the document's first sentence, lower-cased, digits as 0, for every token of the
 * document, the very first also as such: under "Soccer - Oslo win": first soccer, soccer, -, oslo, win. Words that fewer than
 * three documents of the training part begin with are left out.
 */
export function headlineKind(): PlaceKind {
  const learned = new HeadlineWords();
  return {
    name: 'headline',
    needs: 'document',
    rules: { ...PLAIN, draw: 'none', dropout: 0.3, dropoutBySentence: true },
    learned,
    readInto: (sink) => (document) => {
      const values = headlineOf(document).filter((value) => learned.has(value));
      const numbers = values.map((value) => sink.numberOf(value));
      return () => {
        for (let i = 0; i < numbers.length; i++) sink.push(numbers[i]);
      };
    },
  };
}

function headlineOf([{ words }]: DocumentView): string[] {
  const headline = words.slice(0, LONGEST).map(({ normalised }) => normalised.text);
  return [...new Set([...headline.slice(0, 1).map((word) => `first ${word}`), ...headline])];
}

class HeadlineWords implements Learned {
  #words: ReadonlySet<string> = new Set();

  has(value: string): boolean {
    return this.#words.has(value);
  }

  learn(documents: readonly DocumentView[]): void {
    const counts = new Map<string, number>();
    for (const document of documents) {
      for (const value of headlineOf(document)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const kept = [...counts].filter(([, count]) => count >= LEAST_DOCUMENTS);
    this.#words = new Set(kept.map(([value]) => value));
  }

  leaveOut(): void {}

  putBack(): void {}

  state(): unknown {
    return joinLines([...this.#words].sort());
  }

  restore(state: unknown): void {
    this.#words = new Set(splitLines(linesIn(state)));
  }
}
