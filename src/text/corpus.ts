import { DataError } from '../errors.js';
import type { AnnotationOptions } from './annotation.js';
import { readColumns } from './columns.js';
import type { Lines } from './distinct_lines.js';
import { readJsonl } from './jsonl.js';
import type { ColumnOptions } from './layout.js';
import { beginsJson, parseJson } from './parse_json.js';
import type { Corpus } from './sentence.js';

/** What a user says of corpora; the rest is detected. */
export interface CorpusOptions extends ColumnOptions, AnnotationOptions {}

/** How much a corpus holds. */
export interface CorpusCounts {
  /** Marked documents; 0 where the format marks none. */
  readonly documents: number;
  readonly sentences: number;
  readonly tokens: number;
  /** Entity types in the order of their first entity. */
  readonly entities: { readonly total: number; readonly perType: ReadonlyMap<string, number> };
}

/**
 * A tagged corpus in JSON Lines, if its first line that is not blank is a JSON object, else in columns.
 * @throws DataError for a model file, and as `readJsonl` and `readColumns`; UsageError as `readColumns`
 */
export function readCorpus(lines: Lines, source: string, options: CorpusOptions = {}): Corpus {
  const first = ('ids' in lines ? lines.values : lines).find((line) => line.trim() !== '') ?? '';
  if (beginsModel(first)) {
    throw new DataError('this is a model, not a corpus', {
      at: { source },
      hint: '`ner tag --model FILE` tags with it, `ner inspect FILE` shows it',
    });
  }
  if (BEGINS_OTHER_JSON.test(first) || (first.trimStart().startsWith('[') && 'value' in parseJson(first))) {
    throw new DataError('this is JSON in several lines, or a list in one; one object a line is expected', {
      at: { source },
      hint: "for a list: jq -c '.[]' FILE; for a text and its entities a line: jq -c '{text: .[0]} + .[1]' FILE",
    });
  }
  return beginsJson(first) ? readJsonl(lines, source, options) : readColumns(lines, source, options);
}

/** A list, or an object that goes on in the next line; a token of columns has another cell behind it. */
const BEGINS_OTHER_JSON = /^\s*(\[\s*(\{.*)?|\{\s*)$/;

/** Whether a file that begins so is a model. */
export function beginsModel(beginning: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"ner-model"/.test(beginning);
}

/** The figures of a corpus; entities are counted by CoNLL rules. */
export function corpusCounts(corpus: Corpus): CorpusCounts {
  const perType = new Map<string, number>();
  let tokens = 0;
  let total = 0;
  for (const sentence of corpus.sentences) {
    tokens += sentence.tokens.length;
    for (const { type } of sentence.entities) {
      total++;
      perType.set(type, (perType.get(type) ?? 0) + 1);
    }
  }
  const { length: documents } = corpus.documentStarts;
  return { documents, sentences: corpus.sentences.length, tokens, entities: { total, perType } };
}
