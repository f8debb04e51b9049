import { isBlankLine } from './line_kind.js';

/** Lines that follow each other. */
export interface Run {
  readonly lines: readonly string[];
  /** Whether nothing goes on behind them: no sentence, or no document. */
  readonly isWhole: boolean;
}

/** How many of some lines end where nothing goes on; 0 where there is no such place. */
export type EndOfRun = (lines: readonly string[]) => number;

/** Up to the last blank line: sentences. */
export function endOfSentences(lines: readonly string[]): number {
  return lines.findLastIndex(isBlankLine) + 1;
}

/** Up to the last line, not included, that a document begins with. */
export function endOfDocuments(lines: readonly string[], isMark: (line: string) => boolean): number {
  return Math.max(lines.findLastIndex(isMark), 0);
}

/** Cuts lines, as they come, into runs that end where nothing goes on. */
export class LineCutter {
  readonly #mostCharacters: number;
  #held: string[] = [];
  #characters = 0;

  /** No more than so many characters are held back. */
  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters;
  }

  /** The lines so far up to such a place; all of them, which then are not whole, where they are too many to be held. */
  push(lines: readonly string[], endOf: EndOfRun): Run {
    for (const line of lines) {
      this.#held.push(line);
      this.#characters += line.length + 1;
    }
    const end = endOf(this.#held);
    const tooMany = this.#characters > this.#mostCharacters && end === 0;
    return { lines: this.#take(tooMany ? this.#held.length : end), isWhole: !tooMany };
  }

  /** The lines that are left at the end of the file. */
  end(): Run {
    return { lines: this.#take(this.#held.length), isWhole: true };
  }

  #take(count: number): string[] {
    const taken = this.#held.splice(0, count);
    for (const line of taken) this.#characters -= line.length + 1;
    return taken;
  }
}
