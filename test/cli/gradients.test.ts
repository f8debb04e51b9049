import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUICK, TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.tsv', TINY.replaceAll(' ', '\t'));
  const train = async (name: string, ...flags: string[]): Promise<void> => {
    const args = ['train', 'tiny.tsv', '--dev', 'tiny.tsv', '-o', name, ...QUICK, ...flags];
    const { code, stderr } = await workspace.run(args);
    if (code !== 0) throw new Error(stderr);
  };
  await train('elman.json');
  await train('lstm.json', '--cell', 'lstm', '--layers', '2', '--bidirectional');
});

afterAll(() => workspace.remove());

const TEXT = ['Sumesh', 'left Oslo. It', 'rained'];
const TOKENS = ['Sumesh', 'left', 'Oslo', '.', 'It', 'rained'];

describe('ner gradients', () => {
  it('shows a bar for every token, the last one 1', async () => {
    const { code, stdout, stderr } = await workspace.run(['gradients', '--model', 'elman.json', ...TEXT]);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^elman\.json: the loss of the last token as \S+ is \d/);
    const { stdout: json } = await workspace.run(['gradients', '--model', 'elman.json', '--json', ...TEXT]);
    const last = JSON.parse(json).layers[0].stateGradientNorms[5].toExponential(2);
    expect(lines[2]).toBe(`|dL(T)/ds(k)|, over that of the last token, ${last}`);
    expect(lines.slice(3, 9).map((line) => line.split(/ +/)[0])).toEqual(TOKENS);
    expect(lines[8]).toMatch(/^rained {2}1\.0e\+0 {2}[█▏▎▍▌▋▊▉]+$/);
    expect(lines[9]).toMatch(/logarithmic, 1e-\d+ to 1e\d+$/);
  });

  it('reads standard input where no text is given, all its lines as one sequence', async () => {
    const stdin = 'Sumesh left Oslo.\n\nIt rained';
    const fromStdin = await workspace.run(['gradients', '--model', 'elman.json'], { stdin });
    const { stdout } = await workspace.run(['gradients', '--model', 'elman.json', ...TEXT]);
    expect(fromStdin.stdout).toBe(stdout);
  });

  it('shows the states of every layer and direction, and the memory cells', async () => {
    const { stdout } = await workspace.run(['gradients', '--model', 'lstm.json', ...TEXT]);
    const lines = stdout.split('\n').filter((line) => line.startsWith('|'));
    const titles = lines.map((line) => line.replace(/\d\.\d\de[-+]\d+$/, '*'));
    expect(titles).toEqual(
      [1, 2].flatMap((layer) =>
        ['forward', 'backward'].flatMap((direction) =>
          ['s', 'c'].map((v) => `|dL(T)/d${v}(k)|, layer ${layer}, ${direction}, over that of the last token, *`),
        ),
      ),
    );
  });

  it('prints one JSON object, with the loss of the tag that is predicted', async () => {
    const { stdout } = await workspace.run(['gradients', '--model', 'lstm.json', '--json', ...TEXT]);
    const { schema, tokens, tag, loss, layers } = JSON.parse(stdout);
    expect([schema, tokens]).toEqual([1, TOKENS]);
    expect(loss).toBeGreaterThan(0);
    expect(layers.map((one: { layer: number; direction: string }) => [one.layer, one.direction])).toEqual([
      [1, 'forward'],
      [1, 'backward'],
      [2, 'forward'],
      [2, 'backward'],
    ]);
    for (const { stateGradientNorms, cellGradientNorms } of layers) {
      expect([stateGradientNorms.length, cellGradientNorms.length]).toEqual([6, 6]);
      expect(stateGradientNorms[5]).toBeGreaterThan(0);
    }
    const losses = new Map<string, number>();
    for (const other of ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC']) {
      const result = await workspace.run(['gradients', '--model', 'lstm.json', '--json', '--tag', other, ...TEXT]);
      losses.set(JSON.parse(result.stdout).tag, JSON.parse(result.stdout).loss);
    }
    expect(losses.size).toBe(7);
    expect(losses.get(tag)).toBe(loss);
    expect(Math.min(...losses.values())).toBe(loss);
    const total = [...losses.values()].reduce((sum, value) => sum + Math.exp(-value), 0);
    expect(total).toBeCloseTo(1, 5);
  });

  it('prints several models in one list, each as it is alone', async () => {
    const models = ['elman.json', 'lstm.json'];
    const json = async (names: string[]) => {
      const flags = names.flatMap((name) => ['--model', name]);
      return JSON.parse((await workspace.run(['gradients', ...flags, '--json', ...TEXT])).stdout);
    };
    const expected = [];
    for (const model of models) {
      const { schema, tokens, ...fields } = await json([model]);
      expected.push({ model, ...fields });
    }
    expect(await json(models)).toEqual({ schema: 1, tokens: TOKENS, models: expected });
  });

  it('leaves the cells out where there are none', async () => {
    const { stdout } = await workspace.run(['gradients', '--model', 'elman.json', '--json', 'It rained']);
    expect(Object.keys(JSON.parse(stdout).layers[0])).toEqual(['layer', 'direction', 'stateGradientNorms']);
  });

  it('overlays the curves of several models in one picture', async () => {
    const models = ['--model', 'elman.json', '--model', 'lstm.json'];
    const { code, stdout } = await workspace.run(['gradients', ...models, '--svg', 'reach.svg', ...TEXT]);
    expect(code).toBe(0);
    expect(stdout.match(/: the loss of the last token/g)).toHaveLength(2);
    const svg = await workspace.read('reach.svg');
    expect(svg).toContain('>|dL(T)/ds(k)|, elman.json</text>');
    expect(svg).toContain('>|dL(T)/dc(k)|, layer 2, backward, lstm.json</text>');
    expect(svg.match(/ fill="none"/g)).toHaveLength(2 * (1 + 8));
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(2 * 4);
  });

  it('writes nothing but the picture to standard output when it is asked for there', async () => {
    const { stdout } = await workspace.run(['gradients', '--model', 'elman.json', '--svg', '-', ...TEXT]);
    expect(stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it.each([
    [['--tag', 'B-X', 'It'], 2, 'the model has no tag "B-X"'],
    [['--json', '--svg', '-', 'It'], 2, 'standard output'],
    [[' '], 3, 'the text has no tokens'],
  ])('with %j ends with %i: %s', async (args, code, reason) => {
    const outcome = await workspace.run(['gradients', '--model', 'elman.json', ...args]);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(reason);
  });

  it('says where invalid UTF-8 stands', async () => {
    const stdin = Uint8Array.from([0x49, 0x74, 0x0a, 0xff]);
    const { code, stderr } = await workspace.run(['gradients', '--model', 'elman.json'], { stdin });
    expect(code).toBe(3);
    expect(stderr).toContain('standard input:2: ');
  });

  it('says which model is missing', async () => {
    const { code, stderr } = await workspace.run(['gradients', '--model', 'nowhere.json', 'It']);
    expect([code, stderr]).toEqual([1, 'ner: nowhere.json: no such file\n']);
  });

  it('refuses a picture that cannot be written before it computes anything', async () => {
    const { code, stdout } = await workspace.run([
      'gradients',
      '--model',
      'elman.json',
      '--svg',
      'tiny.tsv/x.svg',
      'It',
    ]);
    expect([code, stdout]).toEqual([1, '']);
  });
});
