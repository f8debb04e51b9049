import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InProcessSettings, type Outcome, runInProcess } from './cli.js';

/** Four sentences, 20 tokens, seven entities of three types, one of them of two tokens in each of two sentences. */
export const TINY = [
  ['Sumesh B-PER', 'worked O', 'at O', 'Cisco B-ORG', 'in O', 'Bengaluru B-LOC', '. O'],
  ['Ada B-PER', 'Byron I-PER', 'left O', 'Oslo B-LOC', '. O'],
  ['Acme B-ORG', 'Corp I-ORG', 'hired O', 'Ada B-PER', '. O'],
  ['It O', 'rained O', '. O'],
]
  .map((rows) => `${rows.join('\n')}\n`)
  .join('\n');

/** Settings that make a training run take a moment. */
export const QUICK = ['--preset', 'textbook', '--hidden', '8', '--epochs', '2'];

/** Settings that learn a few sentences by heart in a moment. */
export const BY_HEART = [
  ...['--preset', 'textbook', '--hidden', '8', '--epochs', '25', '--batch-size', '1', '--learning-rate', '0.1'],
  ...['--decay', 'none', '--no-drop-rare'],
];

/** A folder of its own for a test file, and the program run in it. */
export class Workspace {
  private constructor(readonly folder: string) {}

  static async create(): Promise<Workspace> {
    return new Workspace(await mkdtemp(join(tmpdir(), 'ner-test-')));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): Promise<void> {
    return writeFile(this.path(name), content);
  }

  read(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }

  /** The names in the folder, hidden ones included, in order. */
  async names(): Promise<string[]> {
    return (await readdir(this.folder)).sort();
  }

  run(args: readonly string[], settings: InProcessSettings = {}): Promise<Outcome> {
    return runInProcess(args, { cwd: this.folder, ...settings });
  }

  /** Trains on a corpus until the model knows it by heart; throws where that did not work. */
  async learnByHeart(corpus: string, model: string, ...more: string[]): Promise<void> {
    const { code, stderr } = await this.run(['train', corpus, '--dev', corpus, '-o', model, ...BY_HEART, ...more]);
    if (code !== 0 || !stderr.includes('dev F1 100.00')) throw new Error(`not learned: ${stderr}`);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
