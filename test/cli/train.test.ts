import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { InProcessSettings, Outcome } from '../support/cli.js';
import { pressableSignals } from '../support/cli.js';
import { BY_HEART, QUICK, TINY, Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.write('dev.txt', 'Ada B-PER\nleft O\nOslo B-LOC\n');
});
afterAll(() => workspace.remove());

const train = (args: readonly string[], settings?: InProcessSettings): Promise<Outcome> =>
  workspace.run(['train', 'tiny.txt', ...QUICK, ...args], settings);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('one seed', () => {
  it('gives one model, byte for byte, and another seed another', async () => {
    await train(['-o', 'a.json', '--seed', '7']);
    await train(['-o', 'b.json', '--seed', '7']);
    await train(['-o', 'c.json', '--seed', '8']);
    expect(await workspace.read('a.json')).toBe(await workspace.read('b.json'));
    expect(await workspace.read('a.json')).not.toBe(await workspace.read('c.json'));
  });

  it('gives one model whatever the corpus is called and wherever the model goes', async () => {
    await workspace.write('renamed.txt', TINY);
    await train(['-o', 'a.json']);
    await workspace.run(['train', 'renamed.txt', ...QUICK, '-o', 'deep/b.json']);
    expect(await workspace.read('a.json')).toBe(await workspace.read('deep/b.json'));
  });
});

describe('what is said of a run', () => {
  it('counts the corpora, the network and its weights, and names the epoch kept', async () => {
    const { code, stdout, stderr } = await train(['--dev', 'dev.txt', '-o', 'm.json', '--bidirectional']);
    const lines = stderr.split('\n');
    expect(lines[0]).toBe('train  tiny.txt: 4 sentences, 20 tokens, 7 entities (LOC ORG PER), IOB2');
    expect(lines[1]).toBe('dev    dev.txt: 1 sentence, 3 tokens, 2 entities (LOC PER), IOB2');
    // each way U 17 × 8, W 8 × 8, b 8; then V 16 × 7, c 7
    const weights = 2 * (17 * 8 + 64 + 8) + 16 * 7 + 7;
    expect(lines[2]).toBe('input  word one-hots of 17 entries');
    expect(lines[3]).toBe(`model  elman (tanh), 8 units each way, 1 layer, 7 IOB2 tags: ${weights} weights`);
    expect(stderr).toMatch(
      /^epoch 1\/2 {2}loss \d\.\d{4} {2}dev F1 [\d.]+ {2}P [\d.]+ {2}R [\d.]+ {2}[\d,]+ tokens\/s/m,
    );
    expect(stderr).toMatch(/^best {3}epoch [12]: dev F1 [\d.]+; wrote m\.json$/m);
    expect([code, stdout]).toEqual([0, '']);
  });

  it('names a cell without activation, several layers, and counts thousands with commas', async () => {
    const { stderr } = await train(['-o', 'm.json', '--cell', 'lstm', '--layers', '2', '--hidden', '16']);
    expect(stderr).toMatch(/^model {2}lstm, 16 units, 2 layers, .* [34],\d{3} weights$/m);
  });

  it('learns with a CRF, whose weights are in the model, and tags with it', async () => {
    await workspace.learnByHeart('tiny.txt', 'crf.json', '--output-layer', 'crf', '--scheme', 'BIOES');
    const { stdout } = await workspace.run(['inspect', 'crf.json']);
    expect(stdout).toMatch(/^ {2}A +13 × 13\n {2}start +1 × 13\n {2}end +1 × 13$/m);
    const text = 'Ada Byron left Oslo .';
    const tagged = await workspace.run(['tag', '--model', 'crf.json', '--format', 'jsonl', '--probabilities', text]);
    const { entities } = JSON.parse(tagged.stdout);
    expect(entities.map((entity: { type: string; text: string }) => `${entity.type} ${entity.text}`)).toEqual([
      'PER Ada Byron',
      'LOC Oslo',
    ]);
    for (const { probability } of entities) expect(probability > 0.5 && probability <= 1).toBe(true);
  });

  it('warns of a model that finds nothing, and writes the latest', async () => {
    const rates = ['--learning-rate', '0', '--table-learning-rate', '0'];
    const { code, stderr } = await train(['-o', 'nothing.json', '--seed', '3', ...rates]);
    expect(stderr).toContain('best   epoch 2: dev F1 0.00; wrote nothing.json\nwarning the model finds no entity');
    expect([code, (await workspace.run(['inspect', 'nothing.json'])).code]).toEqual([0, 0]);
  });

  it('shows a bar on a terminal, takes it away again, and colours the best F1', async () => {
    const { stderr } = await train(['--dev', 'dev.txt', '-o', 'm.json', ...BY_HEART], { tty: true, env: {} });
    expect(stderr).toMatch(/epoch 1\/25 .*\d+% {2}loss \d\.\d{4} {2}[\d,]+ tokens\/s {2}\d+:\d\d left/);
    expect(stderr).toContain('\x1b[1m');
    expect(stderr.split('\x1b[?25h').length).toBe(stderr.split('\x1b[?25l').length); // the cursor comes back
  });

  it('has no bar and no colour where the terminal is dumb or no terminal', async () => {
    const dumb = await train(['-o', 'm.json'], { tty: true, env: { TERM: 'dumb' } });
    const piped = await train(['-o', 'm.json']);
    for (const { stderr } of [dumb, piped]) expect(stderr).not.toContain('\x1b');
  });
});

describe('the dev set', () => {
  it('is held out by whole documents where the corpus marks them', async () => {
    const documents = Array.from(
      { length: 10 },
      (_, d) => `-DOCSTART- O\n\nAda B-PER\nd${d} O\n\nOslo B-LOC\nd${d} O\n`,
    );
    await workspace.write('documents.txt', documents.join('\n'));
    const args = ['train', 'documents.txt', ...QUICK, '--dev-share', '0.2', '-o', 'd.json'];
    const { stderr } = await workspace.run(args);
    expect(stderr).toContain('train  documents.txt: 10 documents, 20 sentences');
    expect(stderr).toContain('dev    4 sentences held out by document, seed 1 (--dev FILE gives a dev set)\n');
    // Ada, Oslo and the 8 words of the documents that are trained on; the unknown word
    expect(stderr).toContain('one-hots of 11 entries');
    expect(JSON.parse(await workspace.read('d.json')).training).toMatchObject({
      heldOut: true,
      train: { sentences: 16, tokens: 32, entities: 16 },
      dev: { sentences: 4, tokens: 8, entities: 4 },
    });
  });

  it('of several corpora keeps the documents of each whole', async () => {
    const documents = (...names: string[]): string =>
      names.map((name) => `-DOCSTART- O\n\n${`${name} B-PER\n\n`.repeat(3)}`).join('');
    await workspace.write('1.txt', documents('a', 'b', 'c'));
    await workspace.write('2.txt', documents('d', 'e', 'f', 'g'));
    for (const seed of ['1', '2', '3', '4']) {
      const args = ['train', '1.txt', '2.txt', ...QUICK, '--dev-share', '0.3', '--seed', seed, '-o', 'd.json'];
      expect((await workspace.run(args)).stderr).toContain('dev    6 sentences held out by document');
      const [{ counts }] = JSON.parse(await workspace.read('d.json')).vocabularies;
      expect(counts).toEqual([[3, 5]]);
    }
  });

  it('of marked and unmarked corpora takes the sentences of the unmarked one by one', async () => {
    await workspace.write('1.txt', '-DOCSTART- O\n\na B-PER\n\n-DOCSTART- O\n\nb B-PER\n');
    await workspace.write('2.txt', 'c B-PER\n\n'.repeat(98));
    for (const seed of ['1', '2', '3', '4']) {
      const args = ['train', '1.txt', '2.txt', ...QUICK, '--seed', seed, '-o', 'd.json'];
      expect((await workspace.run(args)).stderr).toContain('dev    10 sentences held out');
    }
  });

  it('given as files is recorded by their hashes, and nothing is held out', async () => {
    const { stdout } = await train(['--dev', 'dev.txt', 'tiny.txt', '-o', 'm.json', '--json']);
    expect(JSON.parse(stdout).training).toMatchObject({
      heldOut: false,
      train: { sha256: [sha256(TINY)], sentences: 4, tokens: 20, entities: 7 },
      dev: { sha256: [sha256('Ada B-PER\nleft O\nOslo B-LOC\n'), sha256(TINY)], sentences: 5 },
    });
  });
});

describe('--json and --history', () => {
  it('tell the same of every epoch, and the hash of the file', async () => {
    const { stdout } = await train(['--dev', 'dev.txt', '-o', 'm.json', '--json', '--history', 'h.jsonl']);
    const result = JSON.parse(stdout);
    const lines = (await workspace.read('h.jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(result.epochs);
    expect(result.epochs.map((epoch: { epoch: number }) => epoch.epoch)).toEqual([1, 2]);
    expect(Object.keys(result.epochs[0])).toEqual(['epoch', 'loss', 'gradientNorm', 'dev', 'best', 'partial']);
    expect(result.epochs[0].best).toBe(true);
    expect(result.epochs[0].loss).toBeGreaterThan(0);
    expect(result).toMatchObject({ schema: 1, output: 'm.json', settings: { hidden: 8, epochs: 2 } });
    expect(result.sha256).toBe(sha256(await workspace.read('m.json')));
  });

  it('a history of an earlier run is replaced', async () => {
    await workspace.write('h.jsonl', 'old\n');
    await train(['-o', 'm.json', '--history', 'h.jsonl']);
    expect((await workspace.read('h.jsonl')).split('\n').length).toBe(3);
  });
});

describe('the model kept', () => {
  it.each(['float32', 'float16', 'int8'])(
    'is that of the first of the best epochs, as it was scored in %s',
    async (format) => {
      const files = ['tiny.txt', '--dev', 'tiny.txt', '-o', 'm.json'];
      const args = ['train', ...files, ...BY_HEART, '--json', '--weight-format', format];
      const { epochs, training } = JSON.parse((await workspace.run(args)).stdout);
      const scores = epochs.map((epoch: { dev: { f1: number } }) => epoch.dev.f1);
      expect(training.bestEpoch).toBe(scores.indexOf(Math.max(...scores)) + 1);
      expect(training.epochs).toBe(25);
      const scored = JSON.parse((await workspace.run(['eval', 'tiny.txt', '--model', 'm.json', '--json'])).stdout);
      expect(scored.micro).toMatchObject(training.devScores);
    },
  );

  it('stands there from the first epoch on: one that was the best so far, marked as unfinished', async () => {
    const best: number[] = [];
    const bestInFile: number[] = [];
    const onWrite = (text: string) => {
      const epoch = Number(/^epoch +(\d+)/.exec(text)?.[1]);
      if (epoch > 1) {
        // the line of an epoch comes before its model is saved
        const { training } = JSON.parse(readFileSync(workspace.path('going.json'), 'utf8'));
        expect(training.stopped).toBe('unfinished');
        bestInFile.push(training.bestEpoch);
      }
      if (epoch >= 1) best.push(text.endsWith('*\n') ? epoch : best[epoch - 2]);
    };
    await workspace.run(['train', 'tiny.txt', '--dev', 'tiny.txt', '-o', 'going.json', ...BY_HEART], { onWrite });
    expect(best.length).toBe(25);
    expect(bestInFile[0]).toBe(1);
    bestInFile.forEach((epoch, i) => {
      expect(best.slice(0, i + 1)).toContain(epoch);
    });
    expect(JSON.parse(await workspace.read('going.json')).training.stopped).toBe('finished');
  });

  it('is that of the best epoch so far once ten seconds have passed, though later ones are worse', async () => {
    let passed = 0;
    const now = performance.now.bind(performance);
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + passed);
    let best = 0;
    const bestInFile: number[] = [];
    const onWrite = (text: string) => {
      const epoch = Number(/^epoch +(\d+)/.exec(text)?.[1]);
      if (!(epoch >= 1)) return;
      if (epoch > 1) bestInFile.push(JSON.parse(readFileSync(workspace.path('late.json'), 'utf8')).training.bestEpoch);
      if (text.endsWith('*\n')) best = epoch;
      else if (bestInFile.at(-1) !== best) passed += 10_001;
    };
    const args = ['train', 'tiny.txt', '--dev', 'tiny.txt', ...BY_HEART, '--seed', '3', '-o', 'late.json'];
    await workspace.run([...args, '--history', 'late.jsonl'], { onWrite });
    clock.mockRestore();
    expect(best).toBeGreaterThan(1);
    expect(best).toBeLessThan(24);
    expect(bestInFile.at(-1)).toBe(best);
  });

  it('is that of the best epoch so far after a signal, and no further epoch begins', async () => {
    const { signals, press } = pressableSignals();
    const onWrite = (text: string) => {
      if (text.startsWith('epoch 2')) press('SIGTERM');
    };
    const { code, stderr } = await train(['-o', 'kept.json', '--epochs', '9'], { signals, onWrite });
    expect([code, JSON.parse(await workspace.read('kept.json')).training.stopped]).toEqual([143, 'interrupted']);
    expect(stderr).toContain('stopping with the best model so far; a second signal ends at once\n');
    expect(stderr).not.toContain('epoch 3/9');
  });

  it('in the first epoch writes what there is, but never over a file that is there', async () => {
    const interrupted = async (output: string) => {
      const { signals, press } = pressableSignals();
      const onWrite = (text: string) => {
        if (text.startsWith('model ')) press('SIGINT');
      };
      return workspace.run(['train', 'tiny.txt', ...QUICK, '-o', output], { signals, onWrite });
    };
    await train(['-o', 'whole.json']);
    const before = await workspace.read('whole.json');
    const kept = await interrupted('whole.json');
    expect([kept.code, await workspace.read('whole.json')]).toEqual([130, before]);
    expect(kept.stderr).toContain('stopping with what there is; a second signal ends at once\n');
    expect(kept.stderr).toContain(
      '(cut short)\ninterrupted before the first epoch was over: whole.json is left as it was, ',
    );
    expect((await interrupted('fresh.json')).code).toBe(130);
    expect(JSON.parse(await workspace.read('fresh.json')).training).toMatchObject({
      epochs: 1,
      stopped: 'interrupted',
      batches: 0,
    });
    const { stdout } = await workspace.run(['inspect', 'fresh.json']);
    expect(stdout).toContain('\nbest epoch  none (interrupted in the first, after 0 batches)\n');
  });

  it('is of fewer epochs where patience ends', async () => {
    const args = ['train', 'tiny.txt', '--dev', 'tiny.txt', '-o', 'm.json', ...BY_HEART, '--patience', '3', '--json'];
    const { stdout, stderr } = await workspace.run(args);
    const { training } = JSON.parse(stdout);
    expect(training.stopped).toBe('patience');
    expect(training.epochs).toBe(training.bestEpoch + 3);
    expect(stderr).toContain('(no longer improving)');
  });
});

describe('a loss that is no longer finite', () => {
  // one step makes W so large that the states of a long sentence overflow
  const DIVERGING = [
    '--cell',
    'elman',
    '--activation',
    'relu',
    '--hidden',
    '32',
    '--learning-rate',
    '1000',
    '--clip',
    '0',
    '--epochs',
    '5',
  ];
  const long = (args: string[]) => workspace.run(['train', 'long.txt', '--dev', 'long.txt', ...DIVERGING, ...args]);
  beforeAll(() => workspace.write('long.txt', `${'Ada B-PER\nleft O\nOslo B-LOC\n'.repeat(200)}\n`.repeat(4)));

  it('ends the run with advice and keeps the last good model', async () => {
    const { code, stderr } = await long(['-o', 'kept.json']);
    expect(stderr).toContain('ner: the loss is no longer a finite number in epoch 2\n');
    expect(stderr).toMatch(/^hint: a smaller --learning-rate \(now 1000\) or .*, or a --clip norm \(now 0\)/m);
    expect(stderr).toContain('kept.json holds the model of epoch 1\n');
    const { stdout } = await workspace.run(['inspect', 'kept.json', '--json']);
    expect([code, JSON.parse(stdout).training.bestEpoch]).toEqual([1, 1]);
  });

  it('in the first epoch leaves the model of an earlier run as it was', async () => {
    await train(['-o', 'earlier.json']);
    const earlier = await workspace.read('earlier.json');
    const { code, stderr } = await long(['--batch-size', '1', '-o', 'earlier.json']);
    expect(code).toBe(1);
    expect(stderr).toContain('finite number in epoch 1\n');
    expect(stderr).not.toContain('holds the model');
    expect(await workspace.read('earlier.json')).toBe(earlier);
  });
});
