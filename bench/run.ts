/**
 * How fast and how large, always beside something else measured in the same run: `npm run bench` for everything,
 * `npm run bench -- torch scaling` for some sections, `--json` for data. The table or the data go to stdout, what is
 * being done to stderr. `--write` also writes docs/performance.md, its chart, and the paragraph on speed of README.md; where V8 has vectors
 * of four floats only, docs/performance_four.md and its chart.
 */
import { parseArgs } from 'node:util';
import { endToEnd } from './end_to_end.js';
import { kernels } from './kernels.js';
import { machine, type Row, type Section, shown } from './measure.js';
import { memory } from './memory.js';
import { scaling } from './scaling.js';
import { tagging } from './tagging.js';
import { tfjs } from './tfjs.js';
import { threads } from './threads.js';
import { torch } from './torch.js';
import { vectors } from './vectors.js';
import { write } from './write.js';

const SECTIONS: ReadonlyMap<string, Section> = new Map([
  ['kernels', kernels],
  ['torch', torch],
  ['tfjs', tfjs],
  ['threads', threads],
  ['tagging', tagging],
  ['end_to_end', endToEnd],
  ['vectors', vectors],
  ['scaling', scaling],
  ['memory', memory],
]);

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, against, ours, other, unit, ratio }) =>
    [name, `${shown(ratio)}×`, shown(ours), shown(other), unit, against].map(String),
  );
  const all = [['', 'ratio', 'ours', 'other', '', 'against'], ...lines];
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const figures = [1, 2, 3];
  const padded = all.map((line) =>
    line
      .map((cell, i) => (figures.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  return padded.join('\n');
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known = [...SECTIONS.keys()];
const chosen = positionals.length === 0 ? known : positionals;
const unknown = chosen.filter((name) => !known.includes(name));
if (unknown.length > 0) fail(`no section ${unknown.join(', ')}; there are: ${known.join(', ')}`);
if (values.write && chosen !== known) fail('--write is for all sections together');

const rows: Row[] = [];
for (const [name, section] of SECTIONS) {
  if (!chosen.includes(name)) continue;
  console.error(`${name}:`);
  try {
    rows.push(...(await section((line) => console.error(`  ${line}`))));
  } catch (error) {
    // the others took minutes, or will
    console.error(error);
    process.exitCode = 1;
  }
}
const results = { date: new Date().toISOString(), ...machine(), rows };
if (values.write && process.exitCode !== 1) write(results);
console.log(values.json ? JSON.stringify(results, null, 2) : table(rows));

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
