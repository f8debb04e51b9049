import { readFileSync } from 'node:fs';
import type { ComparedSentence } from '../../src/evaluate/outcome.js';

const FOLDER = new URL('../fixtures/conlleval/', import.meta.url);

/** A file of test/fixtures/conlleval. */
export function readFixture(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** Sentences of a file as the CoNLL script reads it: `word … gold predicted`, a blank line after each sentence. */
export function parseColumns(text: string, source = 'test.txt'): ComparedSentence[] {
  const rows = text.split('\n').map((line, i) => ({ columns: line.split(' '), line: i + 1 }));
  const sentences: ComparedSentence[] = [];
  let open: typeof rows = [];
  for (const row of [...rows, { columns: [''], line: 0 }]) {
    if (row.columns.length > 1) {
      open.push(row);
    } else if (open.length > 0) {
      sentences.push({
        source,
        tokens: open.map(({ columns }) => columns[0]),
        lines: open.map(({ line }) => line),
        gold: open.map(({ columns }) => columns[columns.length - 2]),
        predicted: open.map(({ columns }) => columns[columns.length - 1]),
      });
      open = [];
    }
  }
  return sentences;
}
