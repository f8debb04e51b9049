/**
 * Checks that every corpus in a folder loads with the counts its README.md gives, in a table of file, documents,
 * sentences, tokens, entities and entities by type: `npx tsx .ci/corpora.ts FOLDER`. Exits with 1 at any difference.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusCounts, readCorpus } from '../src/text/corpus.js';
import { decodeLines } from '../src/text/lines.js';

const COLUMNS = 6;

/** The table's rows as they should be read, one string of figures a file. */
function expectedCounts(readme: string): Map<string, string> {
  const rows = readme.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const table = cells.slice(cells.findIndex((row) => row[0] === 'file') + 2).filter((row) => row.length === COLUMNS);
  return new Map(table.map(([file, ...figures]) => [file, figures.join(' | ')]));
}

function actualCounts(path: string): string {
  const { documents, sentences, tokens, entities } = corpusCounts(
    readCorpus(decodeLines(readFileSync(path), path), path),
  );
  const types = [...entities.perType].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `${type} ${count}`);
  return [documents, sentences, tokens, entities.total, types.join(', ')].join(' | ');
}

function check(folder: string): boolean {
  const expected = expectedCounts(readFileSync(join(folder, 'README.md'), 'utf8'));
  let right = 0;
  for (const [file, figures] of expected) {
    const begun = performance.now();
    const actual = actualCounts(join(folder, file));
    const milliseconds = Math.round(performance.now() - begun);
    if (actual === figures) right++;
    const verdict = actual === figures ? 'ok   ' : 'WRONG';
    process.stdout.write(`${verdict} ${file}: ${actual} (${milliseconds} ms)\n`);
    if (actual !== figures) process.stdout.write(`      expected ${figures}\n`);
  }
  process.stdout.write(`${right} of ${expected.size} corpora load with the counts given\n`);
  return right === expected.size && right > 0;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: corpora.ts FOLDER\n');
  process.exitCode = 2;
} else {
  process.exitCode = check(folder) ? 0 : 1;
}
