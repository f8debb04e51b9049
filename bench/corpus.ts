import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '../src/train/trainer.js';
import { type BenchSentence, conllShaped } from './sentences.js';

const TYPES = ['LOC', 'MISC', 'ORG', 'PER'];

/** Sentences as text: the word of each id, and the names among them, which are one word each. */
export function asText(sentences: readonly BenchSentence[]): Example[] {
  return sentences.map(({ encoded: { ids }, gold }) => ({
    tokens: Array.from(ids, wordOf),
    entities: Array.from(gold).flatMap((tag, t) =>
      tag > 0 ? [{ start: t, end: t + 1, type: TYPES[tag % TYPES.length] }] : [],
    ),
  }));
}

/** Letters only, so that tokenising leaves it whole: of the usual lengths, longer where it is rarer. */
function wordOf(id: number): string {
  let word = '';
  for (let rest = id; word.length < 3 || rest > 0; rest = Math.floor(rest / 18)) word += LETTERS[rest % 18];
  return word;
}

const LETTERS = 'abcdefghiklmnoprst';

/** A column file of IOB2 tags. */
export function asColumns(examples: readonly Example[]): string {
  return examples
    .map(({ tokens, entities }) => {
      const types = new Map(entities.map(({ start, type }) => [start, type]));
      return tokens.map((token, t) => `${token}\t${types.has(t) ? `B-${types.get(t)}` : 'O'}\n`).join('');
    })
    .join('\n');
}

/** Sentences of the English files of CoNLL-2003, and the words of the first. */
const [TRAIN, DEV, WORDS, TAGS] = [14_041, 3_250, 23_000, 9];

/** Writes column files of the size and shape of CoNLL-2003's for training and development. */
export function writeConllShaped(folder: string): { readonly train: string; readonly dev: string } {
  const [train, dev] = [join(folder, 'train.tsv'), join(folder, 'dev.tsv')];
  const sentences = asText(conllShaped(TRAIN + DEV, WORDS, TAGS, 1));
  writeFileSync(train, asColumns(sentences.slice(0, TRAIN)));
  writeFileSync(dev, asColumns(sentences.slice(TRAIN)));
  return { train, dev };
}
