import { type CharacterClass, classOf, collapse, isUpperCase, normalise, shapeOf } from './characters.js';
import { HashedString } from './hashing.js';

/** How a word is written: all lower case or beginning so, a capital first, capitals throughout (two at least), or no letter first. */
export type Casing = 'lower' | 'capital' | 'upper' | 'other';

/** Words that are remembered; further ones are worked out anew each time, so that memory stays flat however long a text is. */
const MOST_WORDS = 200_000;

/** A word form and what the kinds ask of it, each worked out once, when it is first asked for, for all places where it stands. */
export class Word {
  #lower: string | undefined;
  #normalised: HashedString | undefined;
  #shape: HashedString | undefined;
  #ending: HashedString | undefined;
  #casing: Casing | undefined;
  #isUpperCase: boolean | undefined;
  #beginsWithLetter: boolean | undefined;
  /** Rows of the column table that the kinds of tokens give it; set by the encoder when it first encodes the word. */
  rows: Int32Array | undefined = undefined;
  /** Those and the rows of the other kinds that know the word alone, for all but the training part. */
  rowsOfWord: Int32Array | undefined = undefined;

  /** `form` is the token as it is; `number` counts the words that are remembered, from 0, and is −1 for one that is not. */
  constructor(
    readonly form: string,
    readonly number: number,
  ) {}

  get lower(): string {
    this.#lower ??= this.form.toLowerCase();
    return this.#lower;
  }

  /** Lower-cased, digits as 0. */
  get normalised(): HashedString {
    this.#normalised ??= new HashedString(normalise(this.form));
    return this.#normalised;
  }

  /** One character for each run of one class: `Xx` for `Oslo`, `d,d` for `1,000`. */
  get shape(): HashedString {
    this.#shape ??= new HashedString(collapse(shapeOf(this.form), 1));
    return this.#shape;
  }

  /** The last three characters of the normalised form. */
  get ending(): HashedString {
    this.#ending ??= new HashedString([...this.normalised.text].slice(-3).join(''));
    return this.#ending;
  }

  get casing(): Casing {
    this.#casing ??= casingOf(this.form);
    return this.#casing;
  }

  /** Whether all its letters that have case are capitals, and there is one. */
  get isUpperCase(): boolean {
    this.#isUpperCase ??= isUpperCase(this.form);
    return this.#isUpperCase;
  }

  get beginsWithLetter(): boolean {
    this.#beginsWithLetter ??= ['upper', 'lower', 'letter'].includes(firstClass(this.form));
    return this.#beginsWithLetter;
  }
}

function firstClass(form: string): CharacterClass {
  const [first] = form;
  return first === undefined ? 'other' : classOf(first);
}

function casingOf(form: string): Casing {
  const first = firstClass(form);
  if (first === 'lower') return 'lower';
  if (form.length > 1 && isUpperCase(form)) return 'upper';
  return first === 'upper' ? 'capital' : 'other';
}

/** The words met so far. */
export class Words {
  readonly #words = new Map<string, Word>();

  of(form: string): Word {
    const known = this.#words.get(form);
    if (known !== undefined) return known;
    const { size } = this.#words;
    if (size === MOST_WORDS) return new Word(form, -1);
    const word = new Word(form, size);
    this.#words.set(form, word);
    return word;
  }
}

/** A number for each word, found when it is first asked for. */
export class WordNumbers {
  readonly #find: (word: Word) => number;
  /** By the words' numbers; UNSET where not asked for yet. */
  #found = new Int32Array(1024).fill(UNSET);

  constructor(find: (word: Word) => number) {
    this.#find = find;
  }

  of(word: Word): number {
    const { number } = word;
    if (number < 0) return this.#find(word);
    if (number >= this.#found.length) this.#grow(number);
    if (this.#found[number] === UNSET) this.#found[number] = this.#find(word);
    return this.#found[number];
  }

  forget(): void {
    this.#found.fill(UNSET);
  }

  #grow(number: number): void {
    const found = this.#found;
    this.#found = new Int32Array(2 * Math.max(found.length, number)).fill(UNSET);
    this.#found.set(found);
  }
}

const UNSET = -0x80000000;
