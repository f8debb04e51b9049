import { join } from 'node:path';

/** Files of a corpus that is trained on, and those of its development part; without any, a part is held out. */
export interface CorpusFiles {
  readonly train: readonly string[];
  readonly dev: readonly string[];
}

/** The corpora as their authors publish them, by the names that rows give them. Development parts only, never the test parts. */
export function corporaIn(folder: string): ReadonlyMap<string, CorpusFiles> {
  const files = (train: readonly string[], dev: readonly string[] = []): CorpusFiles => ({
    train: train.map((file) => join(folder, file)),
    dev: dev.map((file) => join(folder, file)),
  });
  return new Map([
    ['English', files(['conll2003-en/eng.train'], ['conll2003-en/eng.testa'])],
    ['Spanish', files(['conll2002-es/train.conllu'], ['conll2002-es/val.conllu'])],
    ['Dutch', files(['conll2002-nl/train.conllu'], ['conll2002-nl/val.conllu'])],
    ['WNUT17', files(['wnut17/wnut17train.conll'], ['wnut17/emerging.dev.conll'])],
    [
      'Twitter',
      files(
        ['a', 'b', 'e', 'g', 'h'].map((part) => `broad-twitter/${part}.conll`),
        ['broad-twitter/f.conll'],
      ),
    ],
    ['Wikipedia', files(['wikigold/wikigold.conll.txt'])],
  ]);
}
