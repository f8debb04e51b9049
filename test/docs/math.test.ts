import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/math.md', root), 'utf8');
const links = [...page.matchAll(/`([^`]+)` \[[\w.]+:(\d+)\]\(\.\.\/([\w/.]+)#L(\d+)\)/g)];

describe('docs/math.md', () => {
  it('links every equation of the page', () => {
    expect(links.length).toBeGreaterThanOrEqual(20);
    expect(page.match(/#L\d+/g)).toHaveLength(links.length);
  });

  it.each(links.map(([, equation, shown, path, line]) => [equation, path, shown, line]))(
    'has %s where %s says it',
    (equation, path, shown, line) => {
      const lines = readFileSync(new URL(path, root), 'utf8').split('\n');
      expect(lines[Number(line) - 1]).toContain(equation);
      expect(shown).toBe(line);
    },
  );
});
