/**
 * Puts the line of the source that says an equation beside every link to one in docs/math.md:
 *
 *     npx tsx docs/equations.ts
 *
 * @throws Error where a source says an equation of the page on no line
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = 'docs/math.md';

const page = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  page.replace(/`([^`]+)` \[([\w.]+):\d+\]\(\.\.\/([\w/.]+)#L\d+\)/g, (_, equation: string, name, path: string) => {
    const line =
      readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes(equation)) + 1;
    if (line === 0) throw new Error(`${path} does not say ${equation}`);
    return `\`${equation}\` [${name}:${line}](../${path}#L${line})`;
  }),
);
