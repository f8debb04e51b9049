import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tell } from './measure.js';
import { onOneCore } from './processes.js';
import type { Tagging } from './tagging.js';

const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('crfsuite_tag.py', import.meta.url));
const FEATURES = { word: 'the word alone', tutorial: 'words, suffixes and neighbours' } as const;

/** Taggers of CRFsuite, trained on a column file, for a text; none where it is not installed. */
export function crfsuite(
  folder: string,
  corpus: string,
  { file, tokens }: { readonly file: string; readonly tokens: number },
  tell: Tell,
): Tagging[] {
  let version: string;
  try {
    const script = 'import importlib.metadata, pycrfsuite; print(importlib.metadata.version("python-crfsuite"))';
    version = execFileSync(PYTHON, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    tell(`CRFsuite is left out: no ${PYTHON} with python-crfsuite (which Debian has not: pip install python-crfsuite)`);
    return [];
  }
  return Object.entries(FEATURES).map(([features, what]) => {
    const model = join(folder, `${features}.crfsuite`);
    execFileSync(PYTHON, [SCRIPT, 'train', features, corpus, model]);
    const run = onOneCore([PYTHON, SCRIPT, 'tag', features, model, file]);
    return { name: `CRFsuite by python-crfsuite ${version}, ${what}, on one core`, run, tokens };
  });
}
