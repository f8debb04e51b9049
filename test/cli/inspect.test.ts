import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'm.json');
});
afterAll(() => workspace.remove());

const inspect = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await workspace.run(['inspect', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

/** The parameters of the file, read without the program: little-endian float32 in base64. */
async function parametersInFile(): Promise<{ name: string; shape: [number, number]; numbers: number[] }[]> {
  const { parameters } = JSON.parse(await workspace.read('m.json'));
  return parameters.map(({ name, shape, data }: { name: string; shape: [number, number]; data: string }) => {
    const bytes = Buffer.from(data, 'base64');
    return { name, shape, numbers: Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i)) };
  });
}

describe('inspect', () => {
  it('prints what the file holds', async () => {
    const text = await inspect('m.json');
    const hash = createHash('sha256')
      .update(await workspace.read('m.json'))
      .digest('hex');
    expect(text).toContain(`model       m.json\nsha256      ${hash}\ntrained by  ner-trainer `);
    expect(text).toContain('kernels wasm, seed 1\n');
    expect(text).toContain('trained on  4 sentences, 20 tokens, 7 entities\n');
    expect(text).toMatch(/^best epoch {2}\d+ of 25 \(finished\)$/m);
    expect(text).toContain('dev         F1 100.00  P 100.00  R 100.00 on 4 sentences\n');
    expect(text).toContain('tags        O B-LOC I-LOC B-ORG I-ORG B-PER I-PER\none-hots    word: 17\n');
    // U 17 × 8, W 8 × 8, b 8, V 8 × 7, c 7
    expect(text).toContain(`weights     ${17 * 8 + 64 + 8 + 56 + 7}\n`);
    expect(text).toMatch(/^ {2}U {11}17 × 8$/m);
    expect(text).toMatch(/^ {2}hidden {14}8$/m);
    expect(text).toMatch(/^ {2}dropRare {12}false$/m);
  });

  it('says where the dev part was held out', async () => {
    await workspace.run(['train', 'tiny.txt', '-o', 'held.json', '--hidden', '2', '--epochs', '1']);
    expect(await inspect('held.json')).toContain(' on 1 sentences held out\n');
  });

  it('prints the same as JSON', async () => {
    const file = JSON.parse(await workspace.read('m.json'));
    expect(JSON.parse(await inspect('m.json', '--json'))).toEqual({
      schema: 1,
      model: { file: 'm.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      settings: file.settings,
      tags: file.tags,
      vocabularies: [{ feature: 'word', size: 17 }],
      parameters: file.parameters.map(({ name, shape }: { name: string; shape: unknown }) => ({ name, shape })),
      training: file.training,
      threshold: 0.45,
      temperature: file.temperature,
    });
  });

  it("prints the model's numbers, a row a line, for every parameter", async () => {
    for (const { name, shape, numbers } of await parametersInFile()) {
      const rows = (await inspect('m.json', '--weights', name))
        .trimEnd()
        .split('\n')
        .map((row) => row.split('\t').map(Number));
      expect(rows.map((row) => row.length)).toEqual(new Array(shape[0]).fill(shape[1]));
      expect(rows.flat().map(Math.fround)).toEqual(numbers);
    }
  });

  it('names the parameters where one is not there', async () => {
    const { code, stderr } = await workspace.run(['inspect', 'm.json', '--weights', 'Q']);
    expect([code, stderr]).toEqual([2, 'ner: the model has no parameter Q\nhint: it has U, W, b, V, c\n']);
  });
});
