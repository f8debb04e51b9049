/**
 * How fast and how large, always beside something else measured in the same run: `npm run bench` for everything,
 * `npm run bench -- torch scaling` for some sections, `--json` for data. The table and the data go to stdout, what is
 * being done to stderr.
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

const SECTIONS: ReadonlyMap<string, Section> = new Map([
  ['kernels', kernels],
  ['torch', torch],
  ['tfjs', tfjs],
  ['threads', threads],
  ['tagging', tagging],
  ['end_to_end', endToEnd],
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
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known = [...SECTIONS.keys()];
const chosen = positionals.length === 0 ? known : positionals;
const unknown = chosen.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}
const rows: Row[] = [];
for (const [name, section] of SECTIONS) {
  if (!chosen.includes(name)) continue;
  console.error(`${name}:`);
  rows.push(...(await section((line) => console.error(`  ${line}`))));
}
if (values.json) console.log(JSON.stringify({ date: new Date().toISOString(), ...machine(), rows }, null, 2));
else console.log(table(rows));
