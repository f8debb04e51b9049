import type { Entity } from '../../text/tags.js';
import type { HashList } from '../hashing.js';
import type { Word } from '../word.js';

/** A column table: `input` is read by the first recurrent layer (U), `wide` is added to the emissions. */
export type Table = 'input' | 'wide';

/** A draw that decides for several one-hots of a token at once whether they are too rare to stay. */
export type Draw = 'token' | 'conjunction' | 'context';

/** How the one-hots of a kind are kept, dropped in training, and summed. */
export interface KindRules {
  /** The tables that hold a column for each of its values. */
  readonly tables: readonly Table[];
  /** What becomes of a value that is not in the vocabulary, or dropped as rare: the kind's unknown entry, or nothing. */
  readonly rare: 'unknown' | 'remove';
  /** Rare values are dropped by this draw (rarity dropout), or never. */
  readonly draw: Draw | 'none';
  /** Chance that a one-hot is dropped in training, whatever its count. */
  readonly dropout: number;
  /** Whether that is decided once for a value in a sentence, and not for each token. */
  readonly dropoutBySentence: boolean;
  /** Whether the columns of a token's values are averaged: each one-hot then weighs 1/n, n of them being active. */
  readonly mean: boolean;
  /** Values seen less often in training are left out of the vocabulary. */
  readonly minCount: number;
  /** How its vocabulary finds values. */
  readonly lookup: 'string' | 'hash';
}

/** Summed into the first layer, dropped by the token's draw, an unknown value being nothing: what most kinds are. */
export const PLAIN: KindRules = {
  tables: ['input'],
  rare: 'remove',
  draw: 'token',
  dropout: 0,
  dropoutBySentence: false,
  mean: false,
  minCount: 1,
  lookup: 'string',
};

/** Like PLAIN, for kinds of few values, all of them frequent: they are never dropped. */
export const STEADY: KindRules = { ...PLAIN, draw: 'none' };

/** A sentence as kinds see it: T words, the corpus's other columns (by number from 1; shape [T] each), and the gold entities. */
export interface SentenceView {
  readonly words: readonly Word[];
  readonly columns: ReadonlyMap<number, readonly string[]>;
  /** Empty outside training. */
  readonly entities: readonly Entity[];
}

/** Sentences that stand together: a marked document, as many sentences as the model was told, or one on its own. */
export type DocumentView = readonly SentenceView[];

/** Takes the values that a kind finds, the tokens one after the other. */
export interface Sink {
  /** A number for a value, to be pushed wherever a token has it: what is looked up once is not looked up for each token. */
  numberOf(value: string): number;
  /** The token has the value of this number; only kinds that are averaged push one more than once for a token. */
  push(number: number): void;
  /** The token has values that are known by their hashes; `nameOf` builds the i-th. */
  pushHashed(hashes: HashList, nameOf: (i: number) => string): void;
}

/** Puts the values at token t of sentence s of the document that it reads into the sink. */
export type Reader = (s: number, t: number) => void;

/** Looks through a document, whose tokens are then read in order. */
export type DocumentReader = (document: DocumentView) => Reader;

/** What a kind knows of the training part beside its vocabulary: tables of counts, lists of phrases. */
export interface Learned {
  /** Takes in the training part, once. */
  learn(documents: readonly DocumentView[]): void;
  /** Takes a document of the training part out while its own sentences are encoded. */
  leaveOut(document: DocumentView): void;
  /** Undoes the last `leaveOut`. */
  putBack(): void;
  /** A JSON value that `restore` reads. */
  state(): unknown;
  /** Throws RangeError saying what is wrong with the state. */
  restore(state: unknown): void;
}

/** A kind that depends on the token alone. */
export interface TokenKind {
  /** As a user writes it among the features. */
  readonly name: string;
  readonly needs: 'token';
  readonly rules: KindRules;
  /** Each value once. */
  valuesOf(word: Word): readonly string[];
  /** The one value, for kinds that always have one and need nothing but the token to find it. */
  readonly single?: (form: string) => string;
}

/** A kind of one value a token. */
export type SingleKind = TokenKind & Required<Pick<TokenKind, 'single'>>;

export function isSingle(kind: TokenKind): kind is SingleKind {
  return kind.single !== undefined;
}

/** A kind that depends on where the token stands: in its sentence, its document, or the columns of a corpus file. */
export interface PlaceKind {
  readonly name: string;
  readonly needs: 'sentence' | 'document' | 'column';
  readonly rules: KindRules;
  readonly learned?: Learned;
  /**
   * Whether the values depend on the word alone wherever nothing of what was learned is left out, so that they can be kept with it;
   * such a kind is in the input alone, and summed.
   */
  readonly ofWord?: boolean;
  /** What reads documents into a sink; asked for when the kind has learned what it learns. */
  readInto(sink: Sink): DocumentReader;
}

/** A kind of one-hot: which strings of its own vocabulary a token activates. */
export type FeatureKind = TokenKind | PlaceKind;
