import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { runInProcess } from '../support/cli.js';
import { changed, REFERENCE_FILES, referenceContent, referencePath } from '../support/reference_files.js';

const folder = mkdtempSync(join(tmpdir(), 'ner-gradcheck-'));

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  jest.restoreAllMocks();
});

function written(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function breakBias(): void {
  jest.spyOn(ReferenceKernels.prototype, 'columnSumsAdd').mockImplementation(function (
    this: ReferenceKernels,
    ...[out]
  ) {
    this.view(out).fill(Number.NaN);
  });
}

describe('ner gradcheck', () => {
  it('checks every cell, activation, direction and output layer, and says so', async () => {
    const { code, stdout, stderr } = await runInProcess(['gradcheck', '--hidden', '2']);
    expect([code, stderr]).toEqual([0, '']);
    const titles = stdout.split('\n').filter((line) => line.endsWith('units'));
    expect(titles).toEqual(
      ['elman tanh', 'elman sigmoid', 'elman relu', 'lstm', 'gru'].flatMap((unit) => [
        `${unit}, 2 × 2 units`,
        `${unit}, CRF, 2 × 2 units`,
        `${unit}, both directions, 2 × 2 units`,
        `${unit}, both directions, CRF, 2 × 2 units`,
      ]),
    );
    expect(stdout).toMatch(/^parameter +shape +worst error\nU +9 × 2 +\d\.\de-\d+ {2}pass$/m);
    expect(stdout).toMatch(/\nall 262 gradients pass\n$/);
  });

  it('checks only what is asked for', async () => {
    const args = [
      'gradcheck',
      '--cell',
      'lstm',
      '--no-bidirectional',
      '--output-layer',
      'crf',
      '--layers',
      '1',
      '--hidden',
      '3',
      '--seed',
      '9',
      '--json',
    ];
    const { code, stdout } = await runInProcess(args);
    const { schema, passed, networks } = JSON.parse(stdout);
    expect([code, schema, passed, networks.length]).toEqual([0, 1, true, 1]);
    const [{ rows, ...shape }] = networks;
    expect(shape).toMatchObject({ cell: 'lstm', bidirectional: false, layers: 1, hidden: 3, outputLayer: 'crf' });
    expect(rows.map((row: { parameter: string }) => row.parameter)).toEqual([
      ...['U', 'W', 'b', 'V', 'c'],
      ...['A', 'start', 'end'],
    ]);
    expect(rows[1]).toMatchObject({ shape: [3, 12], passed: true });
  });

  it('checks column tables, weights, one-hots straight to the emissions and dropout', async () => {
    const { code, stdout } = await runInProcess(['gradcheck', '--cell', 'gru', '--column-width', '3', '--hidden', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain('gru, both directions, columns of 3, 2 × 2 units');
    expect(stdout).toMatch(/^E +9 × 3 +\d\.\de-\d+ {2}pass\nV_wide +7 × 4 +\d\.\de-\d+ {2}pass$/m);
  });

  it('leaves what is not given open', async () => {
    const { stdout } = await runInProcess([
      'gradcheck',
      '--activation',
      'relu',
      '--bidirectional',
      '--layers',
      '1',
      '--hidden',
      '2',
      '--json',
    ]);
    const { networks } = JSON.parse(stdout);
    const found = networks.map((n: Record<string, unknown>) => [n.cell, n.activation, n.bidirectional, n.outputLayer]);
    expect(found).toEqual([
      ['elman', 'relu', true, 'softmax'],
      ['elman', 'relu', true, 'crf'],
      ['lstm', 'tanh', true, 'softmax'],
      ['lstm', 'tanh', true, 'crf'],
      ['gru', 'tanh', true, 'softmax'],
      ['gru', 'tanh', true, 'crf'],
    ]);
  });

  it('exits with 5 and one line of reason where a gradient is wrong, after the table', async () => {
    breakBias();
    const { code, stdout, stderr } = await runInProcess([
      'gradcheck',
      '--cell',
      'elman',
      '--activation',
      'tanh',
      '--no-bidirectional',
      '--output-layer',
      'softmax',
    ]);
    expect(code).toBe(5);
    expect(stderr).toBe('ner: 3 of 8 gradients failed: b of elman tanh, 2 × 5 units and 2 more\n');
    expect(stdout).toMatch(/^b +1 × 5 +not finite {2}FAIL$/m);
    expect(stdout).toMatch(/^W +5 × 5 +\S+ {2}pass$/m);
    expect(stdout).not.toContain('gradients pass');
  });

  it('prints the JSON of a failure as well, an error that is no number as null', async () => {
    breakBias();
    const { code, stdout } = await runInProcess(['gradcheck', '--cell', 'gru', '--hidden', '2', '--json']);
    const { passed, networks } = JSON.parse(stdout);
    expect([code, passed]).toEqual([5, false]);
    expect(networks[0].rows.find((row: { parameter: string }) => row.parameter === 'b')).toEqual({
      parameter: 'b',
      shape: [1, 6],
      worstError: null,
      passed: false,
    });
  });

  it.each([
    [['--cell', 'jordan'], 'Allowed choices are elman, lstm, gru'],
    [['--cell', 'lstm', '--activation', 'relu'], '--activation is of the Elman unit'],
    [['--output-layer', 'hmm'], 'Allowed choices are softmax, crf'],
    [['--layers', '5'], 'from 1 to 4'],
    [['--layers', '0'], 'from 1 to 4'],
    [['--hidden', '33'], 'from 1 to 32'],
    [['--hidden', '2.5'], 'from 1 to 32'],
    [['--seed', '-1'], 'from 0 to 4294967295'],
    [['--against', 'x.json', '--seed', '1'], 'cannot be used with'],
    [['--against'], 'argument missing'],
  ])('refuses %j', async (args, reason) => {
    const { code, stdout, stderr } = await runInProcess(['gradcheck', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
  });
});

describe('ner gradcheck --against', () => {
  it('passes on every reference file', async () => {
    const files = REFERENCE_FILES.map(referencePath);
    const { code, stdout, stderr } = await runInProcess(['gradcheck', '--against', ...files]);
    expect([code, stderr]).toEqual([0, '']);
    for (const file of files) expect(stdout).toContain(`${file}: `);
    expect(stdout).toMatch(/^dtransitions +4 × 4 +\S+e-1\d +\S+e-\d +\S+e-\d {2}pass$/m);
    expect(stdout).toMatch(/^dU +9 × 20 +\S+e-1\d +\S+e-\d +\S+e-\d {2}pass$/m);
    expect(stdout).toMatch(/\nall \d{3} comparisons pass\n$/);
  });

  it('fails where one gradient is 0.4% off', async () => {
    const json = changed(referenceContent('gru.json'), ['gradients', 'c', 0], (value) => (value as number) * 1.004);
    const file = written('changed.json', json);
    const { code, stdout, stderr } = await runInProcess(['gradcheck', '--against', referencePath('lstm.json'), file]);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^ner: 2 of 38 comparisons failed: dc of .*changed\.json and 1 more\n$/);
    expect(stdout).toMatch(/^dc +1 × 4 +\d\.\de-[34] +\d\.\de-[34] +\d\.\de-[34] {2}FAIL$/m);
  });

  it('names the only failure alone', async () => {
    const json = changed(referenceContent('gru.json'), ['loss'], (value) => (value as number) * 1.004);
    const { stderr } = await runInProcess(['gradcheck', '--against', written('loss.json', json)]);
    expect(stderr).toMatch(/^ner: 1 of 20 comparisons failed: loss of .*loss\.json\n$/);
  });

  it('prints one JSON object', async () => {
    const file = referencePath('gradient-reach-lstm.json');
    const { code, stdout } = await runInProcess(['gradcheck', '--json', '--against', file, referencePath('crf.json')]);
    const { schema, passed, files, tolerances } = JSON.parse(stdout);
    expect([code, schema, passed]).toEqual([0, 1, true]);
    expect(tolerances).toEqual({ float64: 1e-9, float32: 1e-4 });
    expect(files[0]).toMatchObject({ file, kind: 'gradient reach' });
    expect(files[0].rows.map((row: { name: string }) => row.name)).toEqual([
      'loss',
      'norms of dL/ds',
      'norms of dL/dc',
    ]);
    expect(files[1].kind).toBe('crf');
    expect(files[1].rows.map((row: { name: string }) => row.name)).toContain('best path');
  });

  it('reads a file from standard input', async () => {
    const stdin = readFileSync(referencePath('optimizers.json'));
    const { code, stdout } = await runInProcess(['gradcheck', '--against', '-'], { stdin });
    expect(code).toBe(0);
    expect(stdout).toContain('-: optimizers\n');
  });

  it('says which file is missing', async () => {
    const { code, stderr } = await runInProcess(['gradcheck', '--against', 'nowhere.json']);
    expect([code, stderr]).toEqual([1, 'ner: nowhere.json: no such file\n']);
  });

  it('says where a file is broken', async () => {
    const { code, stderr } = await runInProcess(['gradcheck', '--against', written('broken.json', '{\n"cell": }')]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/broken\.json:2: not valid JSON at column 9: /);
  });
});
