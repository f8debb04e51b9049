// Scores the tokeniser and the sentence splitter against a corpus whose `# text =` lines give the text of each sentence:
//   npx tsx .ci/tokenizer.ts FILE
// Prints a line for each and exits 1 when the tokens' F1 is below the gate.
import { readFileSync } from 'node:fs';
import type { Span } from '../src/text/sentence.js';
import { textSentences } from '../src/text/split.js';
import { tokenize } from '../src/text/tokenize.js';

const GATE = 0.975;

interface GoldSentence {
  readonly text: string;
  readonly spans: readonly Span[];
}

class Counts {
  #correct = 0;
  #gold = 0;
  #found = 0;

  add(gold: readonly Span[], found: readonly Span[]): void {
    const keys = new Set(gold.map(({ start, end }) => `${start} ${end}`));
    this.#correct += found.filter(({ start, end }) => keys.has(`${start} ${end}`)).length;
    this.#gold += gold.length;
    this.#found += found.length;
  }

  get f1(): number {
    return (2 * this.#correct) / (this.#gold + this.#found);
  }

  line(name: string): string {
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`;
    const precision = percent(this.#correct, this.#found);
    const recall = percent(this.#correct, this.#gold);
    return `${name}: F1 ${(100 * this.f1).toFixed(2)}, precision ${precision}, recall ${recall}, ${this.#gold} in the corpus\n`;
  }
}

/** Finds each token in the text from where the one before it ended; a token that is not there is a broken corpus. */
function align(text: string, tokens: readonly string[]): Span[] {
  let from = 0;
  return tokens.map((token) => {
    const start = text.indexOf(token, from);
    if (start < 0 || text.slice(from, start).trim() !== '') throw new Error(`no token "${token}" in: ${text}`);
    from = start + token.length;
    return { start, end: from };
  });
}

/** The documents of a file, each a list of sentences. */
function readDocuments(content: string): GoldSentence[][] {
  const documents: GoldSentence[][] = [];
  for (const block of content.split(/\n\s*\n/)) {
    const lines = block.split(/\r?\n/);
    if (documents.length === 0 || lines.some((line) => line.startsWith('# newdoc'))) documents.push([]);
    const text = lines.find((line) => line.startsWith('# text = '))?.slice('# text = '.length);
    if (text === undefined) continue;
    const tokens = lines.filter((line) => /^\d+\t/.test(line)).map((line) => line.split('\t')[1] ?? '');
    documents.at(-1)?.push({ text, spans: align(text, tokens) });
  }
  return documents;
}

/** Where sentences meet, as empty spans; the end of the document is left out, since nobody can miss it. */
function boundaries(ends: readonly number[]): Span[] {
  return ends.slice(0, -1).map((end) => ({ start: end, end }));
}

/** Where each of the sentences ends in the text that joins them by a space. */
function joinedEnds(document: readonly GoldSentence[]): number[] {
  let end = -1;
  return document.map(({ text }) => {
    end += 1 + text.length;
    return end;
  });
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: tokenizer.ts FILE\n');
  process.exit(2);
}
const tokenCounts = new Counts();
const sentenceCounts = new Counts();
for (const document of readDocuments(readFileSync(file, 'utf8'))) {
  for (const { text, spans } of document) tokenCounts.add(spans, tokenize(text));
  const found = textSentences(document.map(({ text }) => text).join(' '));
  sentenceCounts.add(boundaries(joinedEnds(document)), boundaries(found.map(({ spans }) => spans.at(-1)?.end ?? 0)));
}
process.stdout.write(tokenCounts.line('tokens') + sentenceCounts.line('sentence boundaries'));
process.exit(tokenCounts.f1 < GATE ? 1 : 0);
