import type { SingleBar } from 'cli-progress';
import { twoDecimals } from '../evaluate/conlleval.js';
import type { Score } from '../evaluate/score.js';
import type { Tagger } from '../model/tagger.js';
import type { BatchReport } from '../train/epoch.js';
import type { EpochReport } from '../train/trainer.js';
import type { Shell } from './shell.js';
import { ProgressStream } from './terminal.js';

/** Shows how training goes: a bar an epoch on a terminal, and a line for each finished epoch anywhere. */
export class TrainingProgress {
  private bar: SingleBar | undefined;
  /** Of the network that is trained: its epochs, and when the first began. */
  private epochs = 0;
  private start = 0;
  /** When this epoch began, and how far it was at its last batch. */
  private epochStart = 0;
  private last = { time: 0, tokens: 0 };
  private bestF1: number | undefined;

  /** `now` tells the time in milliseconds. */
  constructor(
    private readonly shell: Shell,
    private readonly now: () => number,
  ) {}

  /** Loads what a bar needs, where one can be drawn. */
  async prepare(): Promise<void> {
    if (!this.shell.stderr.animated) return;
    const { default: progress } = await import('cli-progress');
    this.bar = new progress.SingleBar({
      stream: new ProgressStream(this.shell.stderr),
      format: 'epoch {epoch} {bar} {percentage}%  loss {loss}  {f1}{speed} tokens/s  {left} left',
      barsize: 20,
      clearOnComplete: true,
      hideCursor: true,
      stopOnComplete: true,
    });
  }

  /** Begins the first of so many epochs of a network. */
  begin(epochs: number): void {
    this.epochs = epochs;
    this.start = this.now();
    this.epochStart = this.start;
    this.bestF1 = undefined;
  }

  batch({ epoch, tokens, tokensInEpoch, loss }: BatchReport): void {
    this.last = { time: this.now(), tokens };
    if (this.bar === undefined) return;
    const payload = {
      epoch: `${epoch}/${this.epochs}`,
      loss: loss.toFixed(4),
      f1: this.bestF1 === undefined ? '' : `best F1 ${percent(this.bestF1)}  `,
      speed: thousands(this.speed()),
      left: duration(this.timeLeft(epoch - 1 + tokens / tokensInEpoch)),
    };
    if (!this.bar.isActive) this.bar.start(tokensInEpoch, tokens, payload);
    else this.bar.update(tokens, payload);
  }

  async epoch({ epoch, loss, dev, best, partial }: EpochReport): Promise<void> {
    this.clear();
    if (best) this.bestF1 = dev.micro.f1;
    const { chalk } = this.shell.stderr;
    const speed = thousands(this.speed());
    this.epochStart = this.now();
    const number = String(epoch).padStart(String(this.epochs).length);
    await this.shell.stderr.write(
      `epoch ${number}/${this.epochs}  loss ${loss.toFixed(4)}  ${scores(dev, best ? chalk.bold.green : undefined)}  ` +
        `${speed} tokens/s${best ? '  *' : ''}${partial ? '  (cut short)' : ''}\n`,
    );
  }

  /** What networks find together, and by another decision than the likeliest tags; nothing where that is what was shown. */
  async together(networks: number, { settings, threshold, decidesByTags }: Tagger, dev: Score): Promise<void> {
    const entities = decidesByTags
      ? 'the likeliest tags, here better than entities of any probability'
      : `entities of probability ${threshold} and more`;
    const news = [
      ...(networks === 1 ? [] : [`${networks} networks together`]),
      ...(settings.decision === 'tags' ? [] : [entities]),
      ...(settings.agreement === 0 ? [] : ['documents in agreement']),
    ];
    if (news.length === 0) return;
    await this.shell.stderr.write(`${news.join(', ')}: ${scores(dev, this.shell.stderr.chalk.bold)}\n`);
  }

  /** Takes the bar away. */
  clear(): void {
    this.bar?.stop();
  }

  /** Tokens a second of this epoch's training, dev scoring left out. */
  private speed(): number {
    return (this.last.tokens * 1000) / Math.max(this.last.time - this.epochStart, 1);
  }

  private timeLeft(epochsDone: number): number {
    return ((this.now() - this.start) * (this.epochs - epochsDone)) / epochsDone;
  }
}

function scores({ micro: { f1, precision, recall } }: Score, emphasised: (text: string) => string = String): string {
  return `${emphasised(`dev F1 ${percent(f1)}`)}  P ${percent(precision)}  R ${percent(recall)}`;
}

/** `1 sentence`, `1,500 sentences`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}

/** A fraction as the scorer prints it: 73.21. */
export function percent(fraction: number): string {
  return twoDecimals(100 * fraction);
}

/** 12345 as 12,345. */
export function thousands(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Milliseconds as 0:42 or 1:02:03. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
