import type { Command } from 'commander';
import { packBatch } from '../encode/batch.js';
import { DataError, UsageError } from '../errors.js';
import { architectureOf } from '../model/settings.js';
import type { Tagger } from '../model/tagger.js';
import { type GradientReach, gradientReach, type LayerReach } from '../network/gradient_reach.js';
import { LineDecoder } from '../text/lines.js';
import { textSentences } from '../text/split.js';
import { visible } from '../text/visible.js';
import { logBarChart } from './chart.js';
import { checkWritable, readChunks, refuseOverwriting, STANDARD, writeAtomically } from './files.js';
import { loadModel } from './models.js';
import { type Curve, logPlot } from './plot.js';
import type { Shell } from './shell.js';

interface GradientsOptions {
  readonly model?: readonly string[];
  readonly tag?: string;
  readonly svg?: string;
  readonly json?: boolean;
}

/** What a model's last loss reaches. */
interface ModelReach extends GradientReach {
  /** The model, as the user would name it. */
  readonly name: string;
  readonly tag: string;
}

export function configure(command: Command, shell: Shell): void {
  command
    .description(
      'Show how far the loss L(T) of the last token reaches back: the norm of its gradient dL(T)/ds(k) at the hidden state of ' +
        'every token k, and dL(T)/dc(k) at its memory cell. The text is taken as one sequence. A confident prediction has a ' +
        'small loss and small gradients, so the charts show shares of the norm at the last token; --json gives the norms.',
    )
    .argument('[text...]', 'text, its parts joined by a space (default: standard input)')
    .option('--model <file>', 'model; given several times, each is shown', collect)
    .option('--tag <tag>', 'gold tag of the last token (default: the one the model predicts)')
    .option('--svg <file>', 'write the curves of all models as a picture')
    .option('--json', 'print one JSON object')
    .action((words: readonly string[], options: GradientsOptions) => show(words, options, shell));
}

function collect(file: string, before: readonly string[] = []): readonly string[] {
  return [...before, file];
}

async function show(words: readonly string[], options: GradientsOptions, shell: Shell): Promise<void> {
  const files = options.model ?? [undefined];
  if (options.json && options.svg === STANDARD)
    throw new UsageError('--json and --svg - both write to standard output');
  if (options.svg !== undefined) {
    await refuseOverwriting(options.model ?? [], [options.svg], shell);
    await checkWritable(options.svg, shell);
  }
  const tokens = await readTokens(words, shell);
  const reaches: ModelReach[] = [];
  for (const file of files) {
    const { name, model } = await loadModel(shell, file);
    const { members } = model.tagger;
    members.forEach((member, m) => {
      const network = members.length === 1 ? name : `${name}, network ${m + 1}`;
      reaches.push({ name: network, ...reachOf(member, tokens, options.tag) });
    });
  }
  if (options.svg !== undefined) await writeAtomically(options.svg, [picture(reaches)], shell);
  if (options.json) {
    await shell.stdout.write(`${JSON.stringify({ schema: 1, tokens, ...fieldsOf(reaches) }, null, 2)}\n`);
  } else if (options.svg !== STANDARD) {
    const blocks = reaches.map((reach) => `${charts(reach, tokens, shell).join('\n')}\n`);
    await shell.stdout.write(blocks.join('\n'));
  }
}

/** The fields of one model, or those of several with their names in the list `models`. */
function fieldsOf(reaches: readonly ModelReach[]): object {
  const models = reaches.map(({ name, tag, loss, layers }) => {
    return { model: name, tag, loss, layers: layers.map((reach) => ({ ...reach, layer: reach.layer + 1 })) };
  });
  if (models.length > 1) return { models };
  const [{ model, ...fields }] = models;
  return fields;
}

/** The tokens of the text, all its sentences as one sequence. Throws DataError where there are none. */
async function readTokens(words: readonly string[], shell: Shell): Promise<string[]> {
  const text = words.length > 0 ? words.join(' ') : await readText(shell);
  const tokens = textSentences(text).flatMap((sentence) => sentence.tokens);
  if (tokens.length === 0) throw new DataError('the text has no tokens');
  return tokens;
}

async function readText(shell: Shell): Promise<string> {
  const decoder = new LineDecoder(STANDARD);
  const lines: string[] = [];
  for await (const chunk of readChunks(STANDARD, shell)) for (const line of decoder.push(chunk)) lines.push(line);
  return [...lines, ...decoder.end()].join('\n');
}

/** Throws UsageError for a tag that the model has not. */
function reachOf(tagger: Tagger, tokens: readonly string[], tag: string | undefined): Omit<ModelReach, 'name'> {
  const { network, kernels, tags } = tagger;
  const batch = packBatch([tagger.encoder.encode(tokens)]);
  if (tag !== undefined && !tags.includes(tag)) {
    throw new UsageError(`the model has no tag "${tag}"`, { hint: `its tags: ${tags.join(', ')}` });
  }
  network.load(batch);
  network.forward();
  const last = kernels.view(network.probabilities()).slice((batch.rows - 1) * tags.length);
  const id = tag === undefined ? last.indexOf(Math.max(...last)) : tags.indexOf(tag);
  return { tag: tags[id], ...gradientReach(network, architectureOf(tagger.settings), kernels, batch, id) };
}

/** One chart for the states of each layer and direction, one for its memory cells. */
function charts({ name, tag, loss, layers }: ModelReach, tokens: readonly string[], shell: Shell): string[] {
  const { chalk, width } = shell.stdout;
  const lines = [visible(`${name}: the loss of the last token as ${tag} is ${loss.toPrecision(3)}`)];
  for (const { values, title, last } of curvesOf(layers)) {
    const bars = values.map((value, k) => ({ label: tokens[k], value }));
    const scale = last === 0 ? 'that of the last token is 0' : `over that of the last token, ${last.toExponential(2)}`;
    lines.push('', chalk.bold(`${title}, ${scale}`), ...logBarChart(bars, width));
  }
  return lines;
}

interface NamedCurve {
  readonly title: string;
  /** Shares of the last norm; the norms themselves where that is 0, as it can be below a layer of ReLUs. */
  readonly values: readonly number[];
  /** The norm at the last token. */
  readonly last: number;
  readonly ofCells: boolean;
}

function curvesOf(layers: readonly LayerReach[]): NamedCurve[] {
  const several = layers.length > 1;
  return layers.flatMap(({ layer, direction, stateGradientNorms, cellGradientNorms }) => {
    const where = several ? `, layer ${layer + 1}, ${direction}` : '';
    const states = { title: `|dL(T)/ds(k)|${where}`, ...sharesOf(stateGradientNorms), ofCells: false };
    if (cellGradientNorms === undefined) return [states];
    return [states, { title: `|dL(T)/dc(k)|${where}`, ...sharesOf(cellGradientNorms), ofCells: true }];
  });
}

function sharesOf(norms: readonly number[]): Pick<NamedCurve, 'values' | 'last'> {
  const last = norms[norms.length - 1];
  return { values: norms.map((norm) => (last === 0 ? norm : norm / last)), last };
}

function picture(reaches: readonly ModelReach[]): string {
  const curves: Curve[] = reaches.flatMap(({ name, layers }) =>
    curvesOf(layers).map(({ title, values, ofCells }) => ({
      name: visible(`${title}, ${name}`),
      values,
      dashed: ofCells,
    })),
  );
  const texts = { title: 'Reach of the loss of the last token', x: 'token k', y: 'norm over that of the last token' };
  return logPlot(texts, curves);
}
