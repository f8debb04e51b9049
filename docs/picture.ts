/**
 * Draws docs/terminal.svg, what the program prints on a terminal of 102 columns, in the words and colours it printed:
 *
 *     npx tsx docs/picture.ts
 *
 * It runs the built program (`npm run build` first) in a new folder that holds only `data/`, on a pseudo-terminal, for which
 * it needs `script` of util-linux. The first window is the screen in the middle of training, the second the end of that
 * session and what follows. Speeds and times left are those of the machine it runs on.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programsFolder } from './console_runner.js';
import { Screen } from './screen.js';
import { drawWindows } from './svg.js';

const COLUMNS = 102;
const PROMPT = '\x1b[32m$\x1b[39m ';
const TRAIN = 'ner train data/corpus.tsv';
const TAG = 'ner tag "Sumesh worked at Cisco in Bengaluru"';
/** One drawing of the bar: epoch, epochs, percentage. */
const BAR = /epoch (\d+)\/(\d+) [=-]+ (\d+)% .*? left/g;

/** Rows of the first session that the second window still shows. */
const KEPT = 4;

const folder = mkdtempSync(join(tmpdir(), 'ner-picture-'));
const programs = programsFolder();
try {
  mkdirSync(join(folder, 'models'));
  symlinkSync(fileURLToPath(new URL('../data', import.meta.url)), join(folder, 'data'));
  const trained = session(TRAIN);
  const training = new Screen();
  training.write(untilMiddle(trained));
  const done = new Screen();
  done.write(trained + session(TAG) + PROMPT);
  const rows = done.rows;
  const tagged = rows.findLastIndex((row) => row.map(({ character }) => character).join('') === `$ ${TAG}`);
  const windows = [
    { title: 'in the middle of training', rows: training.rows },
    { title: 'after training', rows: rows.slice(tagged - KEPT) },
  ];
  const label = `A terminal in which ${TRAIN} shows a bar and the scores of each epoch, and ${TAG} marks three entities`;
  writeFileSync(new URL('terminal.svg', import.meta.url), drawWindows(windows, COLUMNS, label));
} finally {
  for (const path of [folder, programs]) rmSync(path, { recursive: true, force: true });
}

/** A prompt, the command, and all that it writes on a pseudo-terminal. */
function session(command: string): string {
  const { NO_COLOR, NER_MODEL, ...inherited } = process.env;
  const PATH = `${programs}${delimiter}${inherited.PATH}`;
  const env = { ...inherited, PATH, FORCE_COLOR: '1', TERM: 'xterm' };
  const log = join(folder, 'typescript');
  const line = `stty cols ${COLUMNS} rows 24; ${command}`;
  const { error, status, stdout } = spawnSync('script', ['-qefc', line, log], { cwd: folder, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}`);
  const written = readFileSync(log, 'utf8').split('\n').slice(1).join('\n');
  return `${PROMPT}${command}\r\n${written.replace(/\r?\n?Script done on [^\n]*\n$/, '')}`;
}

/** Output up to where the bar of an epoch in the middle third stands nearest to 60%. */
function untilMiddle(output: string): string {
  let nearest = { distance: Number.POSITIVE_INFINITY, end: 0 };
  for (const match of output.matchAll(BAR)) {
    const [epoch, epochs, percentage] = match.slice(1).map(Number);
    const distance = Math.abs(percentage - 60);
    if (epoch < epochs / 3 || epoch > (2 * epochs) / 3 || distance >= nearest.distance) continue;
    nearest = { distance, end: match.index + match[0].length };
  }
  if (nearest.end === 0) throw new Error('no bar was drawn in the middle of training');
  return output.slice(0, nearest.end);
}
