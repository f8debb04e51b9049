import { describe, expect, it } from '@jest/globals';
import { duration, percent, TrainingProgress, thousands } from '../../src/cli/progress.js';
import type { Shell } from '../../src/cli/shell.js';
import { terminalAt } from '../../src/cli/terminal.js';
import { score } from '../../src/evaluate/score.js';
import type { EpochReport } from '../../src/train/trainer.js';
import { recordingStreams } from '../support/cli.js';

/** A shell whose standard error is remembered, and a clock that stands still. */
function setUp(tty: boolean) {
  const { streams, written } = recordingStreams({ tty });
  const stderr = terminalAt(streams.stderr, {}, tty ? undefined : false);
  const shell: Shell = { ...streams, stderr, stdout: terminalAt(streams.stdout, {}, false), version: '0' };
  const clock = { time: 1_000_000 };
  const progress = new TrainingProgress(shell, () => clock.time);
  progress.begin(10);
  return { written, clock, progress };
}

const dev = score([{ gold: ['B-A', 'O', 'B-A'], predicted: ['B-A', 'B-A', 'O'] }]);
const report: EpochReport = { epoch: 3, loss: 0.12345, gradientNorm: 1, batches: 2, dev, best: true, partial: false };

describe('a finished epoch', () => {
  it('is a line with loss, scores, the speed of its training, and a star where it is the best', async () => {
    const { written, clock, progress } = setUp(false);
    await progress.prepare();
    clock.time += 2000;
    progress.batch({ epoch: 3, tokens: 4000, tokensInEpoch: 4000, loss: 0.5 });
    await progress.epoch(report);
    expect(written.stderr).toBe('epoch  3/10  loss 0.1235  dev F1 50.00  P 50.00  R 50.00  2,000 tokens/s  *\n');
  });

  it('that is not the best has no star, and its speed is its own', async () => {
    const { written, clock, progress } = setUp(false);
    for (const [epoch, milliseconds] of [
      [9, 1000],
      [10, 4000],
    ]) {
      clock.time += milliseconds;
      progress.batch({ epoch, tokens: 4000, tokensInEpoch: 4000, loss: 0.5 });
      clock.time += 700; // scoring the dev set is no training
      await progress.epoch({ ...report, epoch, best: false });
    }
    expect(written.stderr).toBe(
      'epoch  9/10  loss 0.1235  dev F1 50.00  P 50.00  R 50.00  4,000 tokens/s\n' +
        'epoch 10/10  loss 0.1235  dev F1 50.00  P 50.00  R 50.00  1,000 tokens/s\n',
    );
  });
});

describe('an epoch cut short', () => {
  it('says so', async () => {
    const { written, progress } = setUp(false);
    await progress.epoch({ ...report, partial: true });
    expect(written.stderr).toMatch(/ {2}\* {2}\(cut short\)\n$/);
  });
});

describe('a batch', () => {
  it('moves a bar with the time left of all epochs on a terminal', async () => {
    const { written, clock, progress } = setUp(true);
    await progress.prepare();
    clock.time += 30_000;
    progress.batch({ epoch: 1, tokens: 2000, tokensInEpoch: 4000, loss: 0.5 });
    progress.clear();
    await new Promise((resolve) => setImmediate(resolve)); // the bar writes piece by piece
    // half an epoch of ten in 30 seconds: 9½ epochs need 570 more
    expect(written.stderr).toContain('epoch 1/10');
    expect(written.stderr).toMatch(/50% {2}loss 0\.5000 {2}[\d,]+ tokens\/s {2}9:30 left/);
    expect(written.stderr).toContain('\x1b[?25h');
  });

  it('shows the best dev F1 so far', async () => {
    const { written, progress } = setUp(true);
    await progress.prepare();
    await progress.epoch(report);
    await progress.epoch({ ...report, best: false, dev: score([]) });
    progress.batch({ epoch: 5, tokens: 2000, tokensInEpoch: 4000, loss: 0.5 });
    progress.clear();
    await new Promise((resolve) => setImmediate(resolve));
    expect(written.stderr).toContain('loss 0.5000  best F1 50.00  ');
  });

  it('writes nothing where there is no terminal', async () => {
    const { written, progress } = setUp(false);
    await progress.prepare();
    progress.batch({ epoch: 1, tokens: 2000, tokensInEpoch: 4000, loss: 0.5 });
    progress.clear();
    expect(written.stderr).toBe('');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567.6, '1,234,568'],
  ])('%d is written as %s', (n, text) => expect(thousands(n)).toBe(text));

  it.each([
    [0, '0:00'],
    [59_400, '0:59'],
    [59_600, '1:00'],
    [3_599_000, '59:59'],
    [3_723_000, '1:02:03'],
  ])('%d milliseconds are %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

  it('a fraction is a percentage with two decimals', () => expect(percent(0.73209)).toBe('73.21'));
});
