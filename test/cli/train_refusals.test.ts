import { totalmem } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../support/cli.js';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
});
afterAll(() => workspace.remove());

const train = (args: readonly string[]): Promise<Outcome> => workspace.run(['train', 'tiny.txt', ...QUICK, ...args]);

describe('a run that cannot be', () => {
  it('for lack of entities is bad data, and names the way to another column', async () => {
    await workspace.write('none.txt', 'It O\n\nrained O\n');
    const { code, stderr } = await workspace.run(['train', 'none.txt', '-o', 'none.json', ...QUICK]);
    expect(code).toBe(3);
    expect(stderr).toContain('ner: none.txt: there is nothing to learn: the training part holds no entity\nhint: ');
  });

  it('for lack of memory is refused before it begins, with what it needs and what to change', async () => {
    const { code, stderr } = await train(['-o', 'large.json', '--hidden', '8192', '--layers', '16']);
    expect(code).toBe(2);
    // 31 matrices W and U of 8192 × 8192, 4 times in memory, 4 bytes a number, and the file's 16/3 characters
    const needed = 31 * 8192 * 8192 * (4 * 4 + 16 / 3);
    expect(stderr).toMatch(totalmem() < needed ? /^ner: training needs 42,\d{3} MiB of memory; this/m : /MiB/);
    expect(stderr).toMatch(/^hint: a smaller --hidden, --batch-size or vocabulary \(--min-count 2\) needs less$/m);
    expect(stderr).not.toContain('\nmodel ');
  });

  it('for lack of memory for all of its networks is refused before the first is trained', async () => {
    const several = ['--hidden', '2048', '--members', '64', '--variant', 'epochs=1'];
    const { code, stderr } = await train(['-o', 'large.json', ...several]);
    expect(code).toBe(2);
    // 64 matrices of 2048 × 2048
    expect(stderr).toMatch(
      /^ner: (training needs [3-9],\d{3} MiB of memory; this|the model file would have 1,3\d\d MiB, more)/m,
    );
    expect(stderr).toMatch(/^hint: fewer --members, a smaller --hidden, /m);
    expect(stderr).not.toContain('network 1');
  });

  it('for a file that could not be read back is refused before it begins', async () => {
    const { code, stderr } = await train(['-o', 'large.json', '--hidden', '4096', '--layers', '5']);
    expect(code).toBe(2);
    // nine matrices of 4096 × 4096, 16/3 characters a number
    const enough = totalmem() > 4 * 2 ** 30;
    expect(stderr).toMatch(enough ? /^ner: the model file would have 76\d MiB, more than can be read back/m : /MiB/);
  });

  it('onto one of its own corpora is a wrong call that leaves the corpus alone', async () => {
    for (const flag of ['--output', '--history']) {
      const { code, stderr } = await train([flag, './tiny.txt']);
      expect(code).toBe(2);
      expect(stderr).toBe('ner: ./tiny.txt is read from, or written to, already: name another file\n');
    }
    expect(await workspace.read('tiny.txt')).toBe(TINY);
  });

  it('with one file for the model and the history is a wrong call', async () => {
    expect((await train(['--output', 'both.json', '--history', './both.json'])).code).toBe(2);
  });

  it('with two outputs on standard output is a wrong call', async () => {
    for (const flag of ['--output', '--history']) {
      const { code, stderr } = await train(['--json', flag, '-']);
      expect(code).toBe(2);
      expect(stderr).toContain('ner: --json and another output both go to standard output\n');
    }
  });

  it('for standard input that would be read twice, and for a model in the place of what a corpus was made from', async () => {
    const twice = await train(['--made-from', '-', '-']);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('standard input can be read only once')]);
    const over = await train(['--made-from', 'source.txt', '-o', 'source.txt']);
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('source.txt is read from')]);
  });

  it('for a model in the place of a file that is none leaves that as it is', async () => {
    await workspace.write('gold.txt', TINY);
    const { code, stderr } = await train(['-o', 'gold.txt']);
    expect([code, stderr]).toEqual([
      2,
      'ner: gold.txt is there already, and is no model that training could replace\n' +
        'hint: name another file for the model, or delete that one\n',
    ]);
    expect(await workspace.read('gold.txt')).toBe(TINY);
    await workspace.write('empty.json', '');
    expect((await train(['-o', 'empty.json'])).code).toBe(0);
    expect((await train(['-o', 'empty.json'])).code).toBe(0);
  });

  it('for a configuration that is no JSON is a wrong call', async () => {
    await workspace.write('c.json', '{');
    const { code, stderr } = await train(['--config', 'c.json']);
    expect([code, stderr.split(':').slice(0, 4).join(':')]).toEqual([2, 'ner: c.json:1: not valid JSON at column 2']);
  });
});

describe('a dev set that cannot tell much', () => {
  it('for being trained on is warned of, as is a corpus given twice', async () => {
    const { stderr } = await train(['tiny.txt', '--dev', 'tiny.txt', '-o', 'm.json']);
    expect(stderr).toContain('warning tiny.txt is given twice\n');
    expect(stderr).toContain('warning tiny.txt is trained on as well: its dev scores say nothing\n');
  });

  it('for lack of entities, or with unseen types, is warned of', async () => {
    await workspace.write('none.txt', 'It O\n\nrained O\n');
    await workspace.write('unseen.txt', 'It B-DATE\n\nAda B-PER\nrained B-TIME\n');
    const none = await train(['--dev', 'none.txt', '-o', 'm.json']);
    expect(none.stderr).toContain('warning the dev set has no entity, so every dev F1 is 0\n');
    const unseen = await train(['--dev', 'unseen.txt', '-o', 'm.json']);
    expect(unseen.stderr).toContain('types that the training part has not: DATE, TIME; all are misses\n');
    expect(unseen.stderr).not.toContain('no entity, so');
  });
});
