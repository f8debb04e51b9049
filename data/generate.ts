import { writeFileSync } from 'node:fs';
import { toColumns } from './generate/columns.js';
import { generateCorpora } from './generate/corpus.js';

const { training, dev } = generateCorpora();
for (const [name, sentences] of [
  ['corpus.tsv', training],
  ['dev.tsv', dev],
] as const) {
  writeFileSync(new URL(name, import.meta.url), toColumns(sentences));
  const tokens = sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
  process.stdout.write(`data/${name}: ${sentences.length} sentences, ${tokens} tokens\n`);
}
