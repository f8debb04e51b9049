import { type CharacterClass, classOf, collapse, isUpperCase, normalise, shapeOf } from './characters.js';
import { HashedString } from './hashing.js';

/** How a word is written: all lower case or beginning so, a capital first, capitals throughout (two at least), or no letter first. */
export type Casing = 'lower' | 'capital' | 'upper' | 'other';

/** Different words known at once while text is tagged; then they are forgotten and met anew, so that memory stays flat. */
const MOST_WORDS = 200_000;

/** A word form and what the kinds ask of it, each worked out once, when it is first asked for, for all places where it stands. */
export class Word {
  #lower: string | undefined;
  #normalised: HashedString | undefined;
  #shape: HashedString | undefined;
  #ending: HashedString | undefined;
  #casing: Casing | undefined;
  #beginsWithLetter: boolean | undefined;
  /** Rows of the column table that the kinds of tokens give it; set by the encoder when it first encodes the word. */
  rows: Int32Array | undefined = undefined;

  /** The token as it is. */
  constructor(readonly form: string) {}

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
    const word = new Word(form);
    if (this.#words.size >= MOST_WORDS) this.#words.clear();
    this.#words.set(form, word);
    return word;
  }
}
