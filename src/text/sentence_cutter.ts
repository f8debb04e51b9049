import { isBlankLine } from './layout.js';

/** Cuts the lines of a column file into runs that end with a blank line, as sentences do. */
export class SentenceCutter {
  readonly #mostCharacters: number;
  #held: string[] = [];
  #characters = 0;

  /** No more than so many characters are held back. */
  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters;
  }

  /** The lines so far up to the last blank one; all of them where they are too many to be held. */
  push(lines: readonly string[]): string[] {
    for (const line of lines) {
      this.#held.push(line);
      this.#characters += line.length + 1;
    }
    const end = this.#held.findLastIndex(isBlankLine) + 1;
    return this.#take(this.#characters > this.#mostCharacters && end === 0 ? this.#held.length : end);
  }

  /** The lines that are left at the end of the file. */
  end(): string[] {
    return this.#take(this.#held.length);
  }

  #take(count: number): string[] {
    const taken = this.#held.splice(0, count);
    for (const line of taken) this.#characters -= line.length + 1;
    return taken;
  }
}
