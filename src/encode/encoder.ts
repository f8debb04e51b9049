import type { Entity } from '../text/tags.js';
import { countSingles, countValues, eachLeftOut } from './counting.js';
import { cutDocuments, type DocumentRule, documentRule, type Placed } from './documents.js';
import type { SentenceDropRules } from './dropout.js';
import {
  type DocumentReader,
  type DocumentView,
  type FeatureKind,
  isSingle,
  type PlaceKind,
  type Reader,
  type SingleKind,
  type TokenKind,
} from './features/kind.js';
import { type FeatureSettings, featureKinds } from './features.js';
import { OneHotList, type OneHots } from './one_hots.js';
import { SentenceList } from './sentence_list.js';
import { EncodingSink, NamingSink } from './sinks.js';
import { TableRows } from './table_rows.js';
import { Vocabulary } from './vocabulary.js';
import { type Word, Words } from './word.js';

/** A sentence of T tokens, or a part of one, as one-hots of the table that the first layer reads, all in flat typed arrays. */
export interface EncodedSentence extends OneHots {
  /** T */
  readonly length: number;
  /** One-hots of the table that is added to the emissions; undefined where no kind is in it. */
  readonly wide?: OneHots;
}

/** A sentence to encode. */
export interface Input extends Placed {
  readonly tokens: readonly string[];
  /** Further columns of the corpus's file by their number, from 1; shape [T] each. */
  readonly columns?: ReadonlyMap<number, readonly string[]>;
}

/** A sentence of the training part. */
export interface TrainingInput extends Input {
  readonly entities?: readonly Entity[];
}

/** What the encoder is built with. */
export interface EncoderSettings extends FeatureSettings {
  /** Values seen less often in training are unknown. */
  readonly minCount: number;
  /** Where the training part marks no documents, so many sentences in a row are one; 0 (or nothing): none are. */
  readonly documentSentences?: number;
}

/** What a model file keeps of an encoder beside the settings. */
export interface EncoderParts {
  readonly documents: DocumentRule;
  readonly kinds: readonly KindParts[];
}

/** A kind: its name, the words of its vocabulary by id from 1 as `joinLines` joins them, how often training has each, and a JSON value of what it learned. */
export interface KindParts {
  readonly name: string;
  readonly lines: string;
  readonly counts: ArrayLike<number>;
  readonly state?: unknown;
}

/** Turns tokens into one-hot ids: one vocabulary for each kind of feature, one after the other in the column tables. */
export class Encoder {
  /** In the order of the settings, without those of documents where the training part has none. */
  readonly kinds: readonly FeatureKind[];
  /** One a kind. */
  readonly vocabularies: readonly Vocabulary[];
  readonly documents: DocumentRule;
  readonly #tables: { readonly input: TableRows; readonly wide: TableRows };
  readonly #words: Words;
  readonly #tokenKinds: readonly TokenKind[];
  /** Of the kinds that depend on the word alone where nothing is left out: they put rows to be kept with the word into `#rows`. */
  readonly #wordReaders: readonly DocumentReader[];
  /** Of these kinds first, so that a token's rows have one order either way, and of those that depend on the place. */
  readonly #placeKinds: readonly { readonly read: DocumentReader; readonly mean: boolean }[];
  readonly #sentences: SentenceList;
  /** Takes the rows of a word's token kinds. */
  readonly #rows = new OneHotList();
  readonly #tokenSinks: readonly EncodingSink[];
  /** The value of a token where there is one kind, with always one. */
  readonly #single: ((form: string) => string) | undefined;
  /** Once asked for, or as restored: what kinds know does not change any more by then. */
  #parts: EncoderParts | undefined;

  private constructor(
    kinds: readonly FeatureKind[],
    vocabularies: readonly Vocabulary[],
    documents: DocumentRule,
    words: Words,
  ) {
    this.kinds = kinds;
    this.vocabularies = vocabularies;
    this.documents = documents;
    this.#words = words;
    this.#tables = {
      input: new TableRows('input', kinds, vocabularies),
      wide: new TableRows('wide', kinds, vocabularies),
    };
    this.#sentences = new SentenceList({ weighted: this.weighted, hasWide: this.wideSize > 0 });
    this.#tokenKinds = kinds.filter((kind): kind is TokenKind => kind.needs === 'token');
    this.#tokenSinks = this.#tokenKinds.map((kind) => this.#sinkOf(kind, [this.#rows]));
    this.#single = singleOf(kinds)?.single;
    const places = kinds.filter((kind): kind is PlaceKind => kind.needs !== 'token');
    const [ofWord, others] = [true, false].map((is) => places.filter((kind) => (kind.ofWord ?? false) === is));
    // the rows that are kept with a word are those of one table, without weights
    if (ofWord.some(({ rules: { tables, mean } }) => mean || tables.join() !== 'input')) {
      throw new Error('a kind that is kept with the word must be in the input alone, and summed');
    }
    this.#wordReaders = ofWord.map((kind) => kind.readInto(this.#sinkOf(kind, [this.#rows])));
    this.#placeKinds = [...ofWord, ...others].map((kind) => {
      const lists = kind.rules.tables.map((table) => this.#sentences[table]);
      return { read: kind.readInto(this.#sinkOf(kind, lists)), mean: kind.rules.mean };
    });
  }

  /**
   * Builds the vocabularies from the sentences of the training part, and what kinds learn of its tags.
   * @throws UsageError as `featureKinds`
   */
  static build(sentences: readonly TrainingInput[], settings: EncoderSettings): Encoder {
    const rule = documentRule(sentences, settings.documentSentences ?? 0);
    const kinds = usedKinds(settings, rule);
    const words = new Words();
    const single = singleOf(kinds);
    if (single !== undefined)
      return new Encoder(kinds, [countSingles(sentences, single, settings.minCount)], rule, words);
    const documents = viewsOf(sentences, rule, words);
    for (const kind of kinds) if (kind.needs !== 'token') kind.learned?.learn(documents);
    const vocabularies = countValues(kinds, documents, rule, settings.minCount);
    return new Encoder(kinds, vocabularies, rule, words);
  }

  /**
   * An encoder as a model file keeps it.
   * @throws UsageError as `featureKinds`; RangeError if the parts are not those that the settings call for
   */
  static restore(settings: FeatureSettings, { documents, kinds: parts }: EncoderParts): Encoder {
    const kinds = usedKinds(settings, documents);
    const [named, expected] = [parts, kinds].map((list) => list.map(({ name }) => name).join());
    if (named !== expected) throw new RangeError(`it has vocabularies of ${named}, its settings call for ${expected}`);
    const vocabularies = kinds.map((kind, k) => restoreKind(kind, parts[k]));
    const encoder = new Encoder(kinds, vocabularies, documents, new Words());
    encoder.#parts = { documents, kinds: parts };
    return encoder;
  }

  /** What `restore` needs beside the settings. */
  get parts(): EncoderParts {
    this.#parts ??= this.#takeParts();
    return this.#parts;
  }

  #takeParts(): EncoderParts {
    const kinds = this.kinds.map((kind, k) => {
      const { lines, counts } = this.vocabularies[k];
      const part = { name: kind.name, lines, counts };
      return kind.needs !== 'token' && kind.learned !== undefined ? { ...part, state: kind.learned.state() } : part;
    });
    return { documents: this.documents, kinds };
  }

  /** N: rows of the column table that the first layer reads. */
  get size(): number {
    return this.#tables.input.size;
  }

  /** Rows of the table that is added to the emissions; 0 where no kind is in it. */
  get wideSize(): number {
    return this.#tables.wide.size;
  }

  /** Whether one-hots have weights: some kind is averaged. */
  get weighted(): boolean {
    return this.#tables.input.weighted;
  }

  /** The names of the kinds, in the order of their vocabularies. */
  get kindNames(): string[] {
    return this.kinds.map((kind) => kind.name);
  }

  /** A sentence that stands alone. */
  encode(tokens: readonly string[]): EncodedSentence {
    if (this.#single !== undefined) return this.#encodeSingles([{ tokens }], this.#single)[0];
    this.#encodeDocument([this.#viewOf({ tokens })]);
    return this.#sentences.take()[0];
  }

  /** Sentences to tag or score, in their order, those of a document together. */
  encodeAll(sentences: readonly Input[]): EncodedSentence[] {
    if (this.#single !== undefined) return this.#encodeSingles(sentences, this.#single);
    for (const document of cutDocuments(sentences, this.documents)) {
      this.#encodeDocument(document.map((sentence) => this.#viewOf(sentence)));
    }
    return this.#sentences.take();
  }

  /**
   * The training part that the encoder was built from: what kinds know of the training tags leaves each sentence's own document
   * out, since the tags that are to be learned must not be given.
   */
  encodeTraining(sentences: readonly TrainingInput[]): EncodedSentence[] {
    if (this.#single !== undefined) return this.#encodeSingles(sentences, this.#single);
    const documents = viewsOf(sentences, this.documents, this.#words);
    eachLeftOut(this.kinds, documents, this.documents, (document) => this.#encodeTraining(document));
    return this.#sentences.take();
  }

  /** How one-hots of either table are dropped. */
  get dropRules(): SentenceDropRules {
    return { input: this.#tables.input.rules, wide: this.#tables.wide.rules };
  }

  /** The values of a kind at every token of a document, whether or not its vocabulary has them; shape [sentences][T][values]. */
  valuesOf(kind: FeatureKind, document: readonly Input[]): string[][][] {
    const views = document.map((sentence) => this.#viewOf(sentence));
    const sink = new NamingSink();
    const reader = readerOf(kind, views, sink);
    return views.map(({ words }, s) =>
      words.map((_, t) => {
        sink.values = [];
        reader(s, t);
        return sink.values;
      }),
    );
  }

  #viewOf(sentence: TrainingInput): DocumentView[number] {
    return viewOf(sentence, this.#words);
  }

  #sinkOf(kind: FeatureKind, lists: readonly OneHotList[]): EncodingSink {
    const k = this.kinds.indexOf(kind);
    const offsets = kind.rules.tables.map((table) => this.#tables[table].offsets[k]);
    return new EncodingSink(this.vocabularies[k], lists, offsets, kind.rules.rare === 'unknown');
  }

  #encodeDocument(document: DocumentView): void {
    const rowsOf = (word: Word): Int32Array => this.#rowsOfWord(word);
    this.#encodeSentences(document, rowsOf, this.#wordReaders.length);
  }

  /** A document of the training part, while what was learned of it is left out: nothing of that may be kept. */
  #encodeTraining(document: DocumentView): void {
    this.#encodeSentences(document, (word) => this.#rowsOfToken(word), 0);
  }

  /** `rowsOf` gives the rows that a word has wherever it stands; kinds of places are read from the `first` on. */
  #encodeSentences(document: DocumentView, rowsOf: (word: Word) => Int32Array, first: number): void {
    const kinds = this.#placeKinds.slice(first);
    const readers = kinds.map(({ read }) => read(document));
    const means = kinds.map(({ mean }) => mean);
    for (let s = 0; s < document.length; s++) this.#encodeSentence(document[s].words, s, rowsOf, readers, means);
  }

  /** Sentences of one one-hot a token: the textbook's x(t). */
  #encodeSingles(sentences: readonly Input[], find: (form: string) => string): EncodedSentence[] {
    const [vocabulary] = this.vocabularies;
    const [offset] = this.#tables.input.offsets;
    const list = this.#sentences;
    for (const { tokens } of sentences) {
      for (let t = 0; t < tokens.length; t++) {
        list.input.push(offset + vocabulary.idOf(find(tokens[t])));
        list.input.endToken();
      }
      list.endSentence(tokens.length);
    }
    return list.take();
  }

  #encodeSentence(
    words: readonly Word[],
    s: number,
    rowsOf: (word: Word) => Int32Array,
    readers: readonly Reader[],
    means: readonly boolean[],
  ): void {
    const sentences = this.#sentences;
    const { input } = sentences;
    for (let t = 0; t < words.length; t++) {
      input.pushAll(rowsOf(words[t]));
      for (let i = 0; i < readers.length; i++) {
        const first = input.length;
        readers[i](s, t);
        if (means[i] && input.length > first) input.weigh(first, 1 / (input.length - first));
      }
      sentences.endToken();
    }
    sentences.endSentence(words.length);
  }

  /** The rows of all kinds that depend on the word alone. */
  #rowsOfWord(word: Word): Int32Array {
    if (this.#wordReaders.length === 0) return this.#rowsOfToken(word);
    word.rowsOfWord ??= this.#readWord(word);
    return word.rowsOfWord;
  }

  #readWord(word: Word): Int32Array {
    const document = [{ words: [word], columns: NO_COLUMNS, entities: [] }];
    const rows = this.#rowsOfToken(word);
    this.#rows.clear();
    this.#rows.pushAll(rows);
    for (const read of this.#wordReaders) read(document)(0, 0);
    return this.#rows.toOneHots(false).ids;
  }

  /** The rows of the kinds of tokens. */
  #rowsOfToken(word: Word): Int32Array {
    word.rows ??= this.#readToken(word);
    return word.rows;
  }

  #readToken(word: Word): Int32Array {
    this.#rows.clear();
    this.#tokenKinds.forEach((kind, k) => {
      const sink = this.#tokenSinks[k];
      for (const value of kind.valuesOf(word)) sink.push(sink.numberOf(value));
    });
    return this.#rows.toOneHots(false).ids;
  }
}

/** The kinds that settings name, without those of documents where there are none. */
function usedKinds(settings: FeatureSettings, rule: DocumentRule): FeatureKind[] {
  return featureKinds(settings).filter(({ needs }) => needs !== 'document' || rule !== 'none');
}

/** The kind of an encoder of one kind with always one value that the token alone tells. */
function singleOf([kind, ...others]: readonly FeatureKind[]): SingleKind | undefined {
  return others.length === 0 && kind?.needs === 'token' && isSingle(kind) ? kind : undefined;
}

/** Gives a kind back what it had learned. */
function restoreKind(kind: FeatureKind, { lines, counts, state }: KindParts): Vocabulary {
  try {
    if (kind.needs !== 'token') kind.learned?.restore(state);
    return new Vocabulary(lines, counts, kind.rules.lookup);
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${kind.name}: ${error.message}`);
    throw error;
  }
}

function viewOf({ tokens, columns = NO_COLUMNS, entities = [] }: TrainingInput, words: Words): DocumentView[number] {
  return { words: tokens.map((token) => words.of(token)), columns, entities };
}

const NO_COLUMNS: ReadonlyMap<number, readonly string[]> = new Map();

function viewsOf(sentences: readonly TrainingInput[], rule: DocumentRule, words: Words): DocumentView[] {
  return cutDocuments(sentences, rule).map((document) => document.map((sentence) => viewOf(sentence, words)));
}

function readerOf(kind: FeatureKind, document: DocumentView, sink: NamingSink): Reader {
  if (kind.needs !== 'token') return kind.readInto(sink)(document);
  return (s, t) => {
    for (const value of kind.valuesOf(document[s].words[t])) sink.push(sink.numberOf(value));
  };
}
