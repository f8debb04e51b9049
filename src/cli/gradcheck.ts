import { type Command, Option } from 'commander';
import { type AgainstResult, type AgainstRow, checkAgainst, TOLERANCES } from '../check/against.js';
import { checkGradients, GRADIENT_TOLERANCE, type GradientRow } from '../check/gradcheck.js';
import { UsageError } from '../errors.js';
import { alignColumns } from '../evaluate/display.js';
import type { Activation } from '../kernels/kernels.js';
import { ACTIVATIONS, type Architecture, CELLS, OUTPUT_LAYERS } from '../network/architecture.js';
import { visible } from '../text/visible.js';
import { CheckFailed } from './fail.js';
import { readBytes } from './files.js';
import { loadKernels } from './kernels.js';
import { parseNumber } from './options.js';
import type { Shell } from './shell.js';

interface GradcheckOptions {
  readonly cell?: Architecture['cell'];
  readonly activation?: Activation;
  readonly bidirectional?: boolean;
  readonly outputLayer?: Architecture['outputLayer'];
  readonly layers: number;
  readonly hidden: number;
  readonly columnWidth: number;
  readonly seed: number;
  readonly against?: readonly string[];
  readonly json?: boolean;
}

export function configure(command: Command, shell: Shell): void {
  command
    .description(
      'Check the gradient of every parameter of small random networks against central differences, in float64; an error is ' +
        `the largest |a-b| over the largest |b| and passes up to ${GRADIENT_TOLERANCE}. Exits with 5 where one fails. What is ` +
        'not given is checked in all its forms.',
    )
    .addOption(new Option('--cell <cell>', 'only this recurrent unit').choices(CELLS))
    .addOption(new Option('--activation <name>', 'only this g of the Elman unit').choices(ACTIVATIONS))
    .option('--bidirectional', 'only networks that read from both ends')
    .option('--no-bidirectional', 'only networks that read from the start')
    .addOption(new Option('--output-layer <layer>', 'only this output layer').choices(OUTPUT_LAYERS))
    .option('--layers <n>', 'recurrent layers, 1 to 4', integerIn(1, 4), 2)
    .option(
      '--hidden <n>',
      'units of a layer in one direction, 1 to 32; time grows with their square',
      integerIn(1, 32),
      5,
    )
    .option(
      '--column-width <n>',
      'columns of a table before the first layer, up to 32; with some, one-hots have weights, others go straight to the ' +
        'emissions, units are dropped, and tags have weights',
      integerIn(0, 32),
      0,
    )
    .option('--seed <n>', 'of the weights and sentences', integerIn(0, 4_294_967_295), 1)
    .addOption(
      new Option(
        '--against <file...>',
        `compare plain loops and the kernels that run with values in JSON files instead, up to ${TOLERANCES.float64} ` +
          `in float64 and ${TOLERANCES.float32} in float32`,
      ).conflicts(['cell', 'activation', 'bidirectional', 'outputLayer', 'layers', 'hidden', 'columnWidth', 'seed']),
    )
    .option('--json', 'print one JSON object')
    .action((options: GradcheckOptions) => {
      if (options.against !== undefined) return compareFiles(options.against, options.json === true, shell);
      return checkNetworks(options, shell);
    });
}

function integerIn(min: number, max: number): (text: string) => number {
  return (text) => parseNumber(text, { kind: 'integer', min, max });
}

async function checkNetworks(options: GradcheckOptions, shell: Shell): Promise<void> {
  const networks: (Architecture & { readonly rows: readonly GradientRow[] })[] = [];
  const failures: string[] = [];
  for (const architecture of architectures(options)) {
    const more = options.columnWidth > 0;
    const rows = checkGradients(architecture, options.seed, { oneHots: more, dropout: more, tagWeights: more });
    networks.push({ ...architecture, rows });
    const title = titleOf(architecture);
    for (const row of rows) if (!row.passed) failures.push(`${row.parameter} of ${title}`);
    if (options.json) continue;
    const cells = rows.map(({ parameter, shape, worstError, passed }) => [
      parameter,
      shapeText(shape),
      errorText(worstError),
      verdict(passed),
    ]);
    await writeTable(shell, title, [['parameter', 'shape', 'worst error', ''], ...cells], '<>><');
  }
  const total = networks.reduce((sum, { rows }) => sum + rows.length, 0);
  if (options.json) {
    await writeJson(shell, { schema: 1, passed: failures.length === 0, tolerance: GRADIENT_TOLERANCE, networks });
  }
  failIfAny(failures, total, 'gradients');
  if (!options.json) await shell.stdout.write(`all ${total} gradients pass\n`);
}

/** The networks to check: those of every cell, activation, direction and output layer that the options leave open. */
function architectures({
  cell,
  activation,
  bidirectional,
  outputLayer,
  layers,
  hidden,
  columnWidth,
}: GradcheckOptions): Architecture[] {
  if (cell !== undefined && cell !== 'elman' && activation !== undefined) {
    throw new UsageError(`--activation is of the Elman unit; that of --cell ${cell} is fixed`);
  }
  const cells = cell === undefined ? CELLS : [cell];
  const directions = bidirectional === undefined ? [false, true] : [bidirectional];
  const outputLayers = outputLayer === undefined ? OUTPUT_LAYERS : [outputLayer];
  const activations = activation === undefined ? ACTIVATIONS : [activation];
  return cells.flatMap((unit) =>
    (unit === 'elman' ? activations : (['tanh'] as const)).flatMap((g) =>
      directions.flatMap((both) =>
        outputLayers.map((output): Architecture => {
          const shape = { hidden, layers, columnWidth };
          return { cell: unit, activation: g, bidirectional: both, ...shape, outputLayer: output };
        }),
      ),
    ),
  );
}

function titleOf({
  outputLayer,
  cell,
  activation,
  bidirectional,
  layers,
  hidden,
  columnWidth = 0,
}: Architecture): string {
  const unit = cell === 'elman' ? `elman ${activation}` : cell;
  const parts = [
    unit,
    ...(bidirectional ? ['both directions'] : []),
    ...(columnWidth > 0 ? [`columns of ${columnWidth}`] : []),
    ...(outputLayer === 'crf' ? ['CRF'] : []),
    `${layers} × ${hidden} units`,
  ];
  return parts.join(', ');
}

async function compareFiles(files: readonly string[], json: boolean, shell: Shell): Promise<void> {
  const results: (AgainstResult & { readonly file: string })[] = [];
  const failures: string[] = [];
  const kernels = await loadKernels(shell);
  for (const file of files) {
    const result = checkAgainst(new TextDecoder().decode(await readBytes(file, shell)), file, kernels);
    results.push({ file, ...result });
    for (const row of result.rows) if (!row.passed) failures.push(`${row.name} of ${file}`);
    if (json) continue;
    const title = `${file}: ${result.kind}`;
    const heading = ['quantity', 'shape', 'float64', 'float32', kernels.name, ''];
    await writeTable(shell, title, [heading, ...result.rows.map(againstCells)], '<>>>><');
  }
  const total = results.reduce((sum, { rows }) => sum + rows.length, 0);
  if (json) {
    await writeJson(shell, {
      schema: 1,
      passed: failures.length === 0,
      kernels: kernels.name,
      tolerances: TOLERANCES,
      files: results,
    });
  }
  failIfAny(failures, total, 'comparisons');
  if (!json) await shell.stdout.write(`all ${total} comparisons pass\n`);
}

function againstCells({ name, shape, errors, passed }: AgainstRow): string[] {
  return [
    name,
    shapeText(shape),
    errorText(errors.float64),
    errorText(errors.float32),
    errorText(errors.running),
    verdict(passed),
  ];
}

function failIfAny(failures: readonly string[], total: number, what: string): void {
  if (failures.length === 0) return;
  const others = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
  throw new CheckFailed(`${failures.length} of ${total} ${what} failed: ${failures[0]}${others}`);
}

async function writeTable(shell: Shell, title: string, rows: readonly string[][], align: string): Promise<void> {
  const [heading, ...lines] = alignColumns(rows, align);
  const { chalk } = shell.stdout;
  const colored = lines.map((line) => (line.endsWith('FAIL') ? chalk.red(line) : line));
  await shell.stdout.write(`${[chalk.bold(visible(title)), chalk.dim(heading), ...colored].join('\n')}\n\n`);
}

/** An infinite error is `null`, as JSON has no such number. */
async function writeJson(shell: Shell, value: unknown): Promise<void> {
  await shell.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function shapeText(shape: readonly number[]): string {
  return shape.join(' × ');
}

function errorText(error: number): string {
  return Number.isFinite(error) ? error.toExponential(1) : 'not finite';
}

function verdict(passed: boolean): string {
  return passed ? 'pass' : 'FAIL';
}
