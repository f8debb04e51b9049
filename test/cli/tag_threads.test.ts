import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LineTagger, type TaggingOrder } from '../../src/cli/line_tagger.js';
import { TagThreads } from '../../src/cli/tag_threads.js';
import { DataError } from '../../src/errors.js';
import { readModel } from '../../src/model/json.js';
import { shareTagger } from '../../src/model/shared_tagger.js';
import type { Tagger } from '../../src/model/tagger.js';
import { TINY, Workspace } from '../support/small_model.js';
import { wasmKernels } from '../support/wasm.js';

const NAMES = ['Ada Byron left Oslo', 'It rained', 'Acme Corp hired Sumesh in Bengaluru', ''];
const SENTENCES = Array.from({ length: 700 }, (_, i) => `${NAMES[i % 4]} ${'. '.repeat((i * i) % 9)}`.trim());
const ORDER: TaggingOrder = {
  ...{ input: 'tokens', source: '-', columns: {}, format: 'tsv' },
  ...{ scheme: 'BIOES', probabilities: false, threshold: 0, offsets: 'utf16', documents: 'line' },
};

let tagger: Tagger;
beforeAll(async () => {
  const workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'model.json');
  const bytes = Buffer.from(await workspace.read('model.json'));
  ({ tagger } = await readModel(bytes, 'model.json', wasmKernels()));
  await workspace.remove();
});

let running: TagThreads[] = [];
afterAll(() => Promise.all(running.map((threads) => threads.stop())));

/** Threads that listen, and what they write. */
async function started(count: number, order: TaggingOrder, write?: (text: string) => Promise<void>) {
  const written: string[] = [];
  const decoder = new TextDecoder();
  const threads = new TagThreads({
    async write(data) {
      const text = typeof data === 'string' ? data : decoder.decode(data);
      await write?.(text);
      written.push(text);
    },
  });
  const shared = shareTagger(tagger);
  if (shared === undefined) throw new Error('cannot be shared');
  expect(threads.areReady).toBe(false);
  threads.start(count);
  threads.equip({ tagger: shared, order });
  running = [...running, threads];
  while (!threads.areReady) await Promise.race([threads.failed, new Promise((resolve) => setTimeout(resolve, 1))]);
  return { threads, written };
}

/** What one thread makes of lines that it gets at once. */
function alone(lines: readonly string[], order: TaggingOrder): string {
  const here = new LineTagger(tagger, order);
  return [...here.tag(lines), ...here.end()].join('');
}

describe.each([1, 2, 5])('%i threads', (count) => {
  it.each<Partial<TaggingOrder>>([
    {},
    { format: 'jsonl', probabilities: true },
    { input: 'text', format: 'inline', threshold: 0.5 },
  ])('write of lines, %j, what one that gets all of them writes', async (changes) => {
    const order = { ...ORDER, ...changes };
    const { threads, written } = await started(count, order);
    for (let i = 0; i < SENTENCES.length; i += 30) {
      await threads.add({ lines: SENTENCES.slice(i, i + 30).join('\n') });
    }
    await threads.settle();
    expect(written.join('')).toBe(alone(SENTENCES, order));
    expect(written.join('')).toContain('Bengaluru');
  });

  it('write of columns what one that gets all of them writes', async () => {
    const order: TaggingOrder = { ...ORDER, input: 'columns' };
    const { threads, written } = await started(count, order);
    const sentences = SENTENCES.map((sentence) => [...sentence.split(' '), '']);
    const here = new LineTagger(tagger, order);
    expect(here.beginning).toBeUndefined();
    written.push(...here.tag(sentences.slice(0, 30).flat()));
    for (let i = 30; i < sentences.length; i += 30) {
      const lines = sentences.slice(i, i + 30).flat();
      if (here.beginning === undefined) throw new Error('within a sentence');
      await threads.add({ ...here.beginning, lines: lines.join('\n') });
      here.skip(lines.length);
    }
    await threads.settle();
    expect(written.join('')).toBe(alone(sentences.flat(), order));
  });
});

describe('threads', () => {
  it('write what comes before a bad row, and throw its error with its line', async () => {
    const { threads, written } = await started(2, { ...ORDER, input: 'columns' });
    const layout = {
      separator: '\t',
      columns: 1,
      indexColumn: undefined,
      tokenColumn: 0,
      tagColumn: undefined,
    } as const;
    const between = (line: number) => ({ between: { layout: { ...layout, comments: false }, line } });
    await threads.add({ ...between(10), lines: 'It\n\nIt\n' });
    await threads.add({ ...between(14), lines: 'rained\n\ntwo\tcells\n\nIt\n' });
    await threads.add({ ...between(19), lines: 'It\n' });
    const error = new DataError('expected 1 column (token), found 2: "two\\tcells"', {
      at: { source: '-', line: 17 },
      hint: 'every row needs as many columns as the others, with one tab between two',
    });
    await expect(threads.settle()).rejects.toEqual(error);
    await expect(threads.failed).rejects.toEqual(error);
    expect(
      written
        .join('')
        .split('\n')
        .map((row) => row.split('\t')[0]),
    ).toEqual(['It', '', 'It', '', 'rained', '', '']);
  });

  it('hold no more blocks than eight for each of them and the caller while the output takes none', async () => {
    let release = (): void => {};
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { threads, written } = await started(2, ORDER, () => open);
    let taken = 0;
    const adding = (async () => {
      for (let i = 0; i < 30; i++) {
        await threads.add({ lines: `It rained ${i}` });
        taken++;
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([taken, written.length]).toEqual([24, 0]);
    release();
    await adding;
    await threads.settle();
    expect(written.map((text) => Number(text.split('\n')[2].split('\t')[0]))).toEqual([...Array(30).keys()]);
  });

  it('are busy with two blocks each, and what is tagged elsewhere meanwhile is written in its place', async () => {
    const { threads, written } = await started(2, ORDER);
    const busy: boolean[] = [];
    for (let i = 0; i < 4; i++) {
      busy.push(threads.areBusy);
      await threads.add({ lines: `${i}` });
    }
    expect([...busy, threads.areBusy]).toEqual([false, false, false, false, true]);
    await threads.addTagged({ output: Buffer.from('elsewhere\n'), error: undefined });
    await threads.add({ lines: 'last' });
    await threads.settle();
    expect(threads.areBusy).toBe(false);
    expect(
      written
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\t')[0]),
    ).toEqual(['0', '1', '2', '3', 'elsewhere', 'last']);
  });

  it('throw the error of a block that was tagged elsewhere behind the output before it', async () => {
    const { threads, written } = await started(1, ORDER);
    await threads.add({ lines: 'It rained' });
    await threads.addTagged({
      output: Buffer.from('It\tO\n'),
      error: { type: 'DataError', message: 'bad row', hint: undefined },
    });
    await expect(threads.settle()).rejects.toEqual(new DataError('bad row'));
    expect(written).toHaveLength(2);
    expect(written[1]).toBe('It\tO\n');
  });

  it('fail when the output does, though nothing more is added', async () => {
    const { threads } = await started(2, ORDER, () => Promise.reject(new Error('closed')));
    await threads.add({ lines: 'It rained' });
    await expect(threads.failed).rejects.toThrow('closed');
    await expect(threads.settle()).rejects.toThrow('closed');
  });
});
