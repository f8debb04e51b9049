import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { runInProcess } from '../support/cli.js';

const MODEL = new URL('../../models/english.json', import.meta.url);

/** What the bundled model makes of a text, in brackets. */
async function tagged(text: string): Promise<string> {
  const { code, stdout, stderr } = await runInProcess(['tag', '--model', MODEL.pathname, '--format', 'inline', text]);
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd();
}

describe('the bundled English model', () => {
  it.each([
    '[Sumesh PER] worked at [Cisco ORG] in [Bengaluru LOC]',
    'President [Barack Obama PER] met [Angela Merkel PER] in [Berlin LOC] on Tuesday.',
    'The [United Nations ORG] sent aid to [Syria LOC] after the earthquake.',
    'Shares of [Microsoft ORG] rose 3 percent after CEO [Satya Nadella PER] spoke in [New York LOC].',
    'My friend [Anna PER] moved from [London LOC] to [Toronto LOC] to work for [Google ORG].',
  ])('reads %s', async (text) => {
    expect(await tagged(text.replace(/\[(.*?) [A-Z]+\]/g, '$1'))).toBe(text);
  });

  it.each([
    '[sumesh PER] worked at [cisco ORG] in [bengaluru LOC]',
    'president [barack obama PER] met [angela merkel PER] in [berlin LOC] on tuesday.',
    'the [united nations ORG] sent aid to [syria LOC] after the earthquake.',
    'shares of [microsoft ORG] rose 3 percent after ceo [satya nadella PER] spoke in [new york LOC].',
    'my friend [anna PER] moved from [london LOC] to [toronto LOC] to work for [google ORG].',
  ])('reads %s without capitals', async (text) => {
    expect(await tagged(text.replace(/\[(.*?) [A-Z]+\]/g, '$1'))).toBe(text);
  });

  it('takes at most 8 MB and names its sources', () => {
    const bytes = readFileSync(MODEL);
    expect(bytes.length).toBeLessThanOrEqual(8_000_000);
    const { about } = JSON.parse(bytes.toString()).training;
    for (const source of ['wikigold', 'Broad Twitter Corpus', 'WNUT 2017', 'CC BY 4.0'])
      expect(about).toContain(source);
  });
});
