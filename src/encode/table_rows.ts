import { DRAWS, type DropRules } from './dropout.js';
import type { FeatureKind, Table } from './features/kind.js';
import { UNKNOWN, type Vocabulary } from './vocabulary.js';

/** Which rows of a column table belong to which kind. */
export class TableRows {
  readonly size: number;
  /** What is added to an id to make it a row, for each kind; of no use for kinds that are not in this table. */
  readonly offsets: readonly number[];
  readonly weighted: boolean;
  #rules: DropRules | undefined;

  constructor(
    private readonly table: Table,
    private readonly kinds: readonly FeatureKind[],
    private readonly vocabularies: readonly Vocabulary[],
  ) {
    let size = 0;
    this.offsets = kinds.map(({ rules }, k) => {
      // A kind without an unknown entry begins with its id 1.
      const offset = rules.rare === 'unknown' ? size : size - 1;
      if (rules.tables.includes(table)) size = offset + vocabularies[k].size;
      return offset;
    });
    this.size = size;
    this.weighted = kinds.some(({ rules }) => rules.tables.includes(table) && rules.mean);
  }

  /** How one-hots are dropped in training; made when it is first asked for, as tagging needs none of it. */
  get rules(): DropRules {
    this.#rules ??= this.#dropRules();
    return this.#rules;
  }

  #dropRules(): DropRules {
    const { kinds, offsets } = this;
    const rows = { kinds: new Uint8Array(this.size), counts: new Int32Array(this.size) };
    kinds.forEach(({ rules }, k) => {
      if (!rules.tables.includes(this.table)) return;
      const vocabulary = this.vocabularies[k];
      const first = rules.rare === 'unknown' ? UNKNOWN : UNKNOWN + 1;
      for (let id = first; id < vocabulary.size; id++) {
        rows.kinds[offsets[k] + id] = k;
        rows.counts[offsets[k] + id] = vocabulary.countOf(id);
      }
    });
    return {
      ...rows,
      unknown: Int32Array.from(kinds, ({ rules }, k) => (rules.rare === 'unknown' ? offsets[k] + UNKNOWN : -1)),
      draws: Int8Array.from(kinds, ({ rules }) => (rules.draw === 'none' ? -1 : DRAWS.indexOf(rules.draw))),
      dropout: Float64Array.from(kinds, ({ rules }) => rules.dropout),
      bySentence: Uint8Array.from(kinds, ({ rules }) => (rules.dropoutBySentence ? 1 : 0)),
      mean: Uint8Array.from(kinds, ({ rules }) => (rules.mean ? 1 : 0)),
    };
  }
}
