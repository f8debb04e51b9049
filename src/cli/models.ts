import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.js';
import { type Model, readModel } from '../model/json.js';
import { beginsModel } from '../text/corpus.js';
import { visible } from '../text/visible.js';
import { beginningOf, readBytes } from './files.js';
import { loadKernels } from './kernels.js';
import { NODE } from './node_platform.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** Where `ner train` writes, and `ner tag` and `ner eval` look. */
export const DEFAULT_MODEL = 'models/ner.json';

// both src/cli and dist/cli are two folders below the package's models
const BUNDLED = fileURLToPath(new URL('../../models/english.json', import.meta.url));

export interface LoadedModel {
  /** As the user would name it. */
  readonly name: string;
  readonly model: Model;
}

export interface HashedModel extends LoadedModel {
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
}

/**
 * The model of `--model`, else of `$NER_MODEL`, else `models/ner.json` here, else the bundled one, which is named on
 * standard error.
 * @throws UsageError listing the places looked at when there is none; FileError; ModelError
 */
export async function loadModel(shell: Shell, file: string | undefined): Promise<LoadedModel> {
  const { name, model } = await load(shell, file);
  return { name, model };
}

/** The same, with what names the file's content in a report. */
export async function loadHashedModel(shell: Shell, file: string | undefined): Promise<HashedModel> {
  const { name, bytes, model } = await load(shell, file);
  return { name, model, sha256: NODE.sha256(bytes) };
}

async function load(shell: Shell, file: string | undefined): Promise<LoadedModel & { readonly bytes: Uint8Array }> {
  const name = await chooseModel(shell, file);
  const [bytes, kernels] = await Promise.all([readBytes(name, shell), loadKernels(shell)]);
  return { name, bytes, model: await readModel(bytes, name, kernels, NODE) };
}

/** Whether there is a model of the user's own: what a job relies on is not to be the bundled one by mistake. */
export function hasOwnModel(shell: Shell, file: string | undefined): boolean {
  return file !== undefined || Boolean(shell.env.NER_MODEL) || existsSync(resolve(shell.cwd, DEFAULT_MODEL));
}

async function chooseModel(shell: Shell, file: string | undefined): Promise<string> {
  if (file !== undefined) return file;
  const { NER_MODEL: named } = shell.env;
  if (named) {
    if (!existsSync(resolve(shell.cwd, named))) await warn(shell, `the model is that of $NER_MODEL: ${visible(named)}`);
    return named;
  }
  if (existsSync(resolve(shell.cwd, DEFAULT_MODEL))) return DEFAULT_MODEL;
  if (!existsSync(BUNDLED)) {
    throw new UsageError('there is no model', {
      hint: `looked at --model, $NER_MODEL (not set), ${DEFAULT_MODEL} and ${BUNDLED}; \`ner train CORPUS\` makes one`,
    });
  }
  await shell.stderr.write(`ner: no model of your own found, using the bundled ${shownPath(BUNDLED, shell.cwd)}\n`);
  return BUNDLED;
}

/** The shorter of a path and its form relative to the current folder. */
function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near.length < path.length ? near : path;
}

/** Bytes of a file that tell whether it is a model. */
export const MODEL_HEAD = 100;

/** Whether a file is a model, of whatever version. */
export async function isModelFile(name: string, shell: Shell): Promise<boolean> {
  return beginsModel((await beginningOf(name, MODEL_HEAD, shell)) ?? '');
}
