import { readFileSync, writeFileSync } from 'node:fs';
import { speedChart } from './chart.js';
import { pageOf, type Results, report, speedParagraph } from './report.js';

const ROOT = new URL('../', import.meta.url);
const [BEGIN, END] = ['<!-- by npm run bench -- --write -->\n', '<!-- end -->\n'];

/** Writes the page of docs for the vectors that were measured, its chart, and for those of eight floats the paragraph of README.md between its two comments. */
export function write(results: Results): void {
  const page = pageOf(results);
  writeFileSync(new URL(`docs/${page}.md`, ROOT), report(results));
  writeFileSync(new URL(`docs/${page}.svg`, ROOT), speedChart(results.rows, 'any lengths'));
  const paragraph = speedParagraph(results);
  if (results.vectors === 4 || paragraph === undefined) return;
  const file = new URL('README.md', ROOT);
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('README.md has lost the comments around its paragraph on speed');
  writeFileSync(file, `${text.slice(0, begin)}${BEGIN}${paragraph}\n${text.slice(end)}`);
}
