import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { weightCount } from '../network/parameters.js';
import { visible } from '../text/visible.js';
import { type HashedModel, type LoadedModel, loadHashedModel } from './models.js';
import { percent, thousands } from './progress.js';
import type { Shell } from './shell.js';

interface Options {
  readonly json?: boolean;
  readonly weights?: string;
}

export function configure(command: Command, shell: Shell): void {
  command
    .description('Show what a model file holds: its settings, vocabulary, tags, parameters and how it was trained.')
    .argument('[model]', 'model file; else the one that `ner tag` would use')
    .option('--json', 'print it as one JSON object')
    .option('--weights <name>', 'print the numbers of one parameter, a row for each of its inputs, tabs between')
    .action(async (file: string | undefined, options: Options) => {
      const loaded = await loadHashedModel(shell, file);
      if (options.weights !== undefined) await printWeights(loaded, options.weights, shell);
      else await shell.stdout.write(options.json === true ? `${JSON.stringify(asJson(loaded))}\n` : asText(loaded));
    });
}

function asJson({ name, sha256, model: { tagger, record } }: HashedModel): object {
  return {
    schema: 1,
    model: { file: name, sha256 },
    settings: tagger.settings,
    tags: tagger.tags,
    vocabularies: tagger.encoder.vocabularies.map(({ size }, k) => ({ feature: tagger.encoder.kindNames[k], size })),
    parameters: tagger.parameters.all.map(({ name: parameter, rows, columns }) => ({
      name: parameter,
      shape: [rows, columns],
    })),
    training: record,
    temperature: tagger.temperature,
  };
}

function asText({ name, sha256, model: { tagger, record } }: HashedModel): string {
  const { settings, encoder, tags, parameters } = tagger;
  const { f1, precision, recall } = record.devScores;
  const weights = parameters.all.reduce((sum, shape) => sum + weightCount(shape), 0);
  const lines = [
    `model       ${visible(name)}`,
    `sha256      ${sha256}`,
    `trained by  ner-trainer ${record.version}, kernels ${record.kernels}, seed ${settings.seed}`,
    ...(record.about === undefined ? [] : [`about       ${visible(record.about)}`]),
    `trained on  ${thousands(record.train.sentences)} sentences, ${thousands(record.train.tokens)} tokens, ` +
      `${thousands(record.train.entities)} entities`,
    `best epoch  ${record.bestEpoch} of ${record.epochs} (${record.stopped})`,
    `dev         F1 ${percent(f1)}  P ${percent(precision)}  R ${percent(recall)} on ` +
      `${thousands(record.dev.sentences)} sentences${record.heldOut ? ' held out' : ''}`,
    `calibrated  with temperature ${tagger.temperature}`,
    `tags        ${tags.map(visible).join(' ')}`,
    ...encoder.vocabularies.map(({ size }, k) => `one-hots    ${encoder.kindNames[k]}: ${thousands(size)}`),
    `weights     ${thousands(weights)}`,
    ...parameters.all.map((shape) => `  ${shape.name.padEnd(12)}${shape.rows} × ${shape.columns}`),
    'settings',
    ...Object.entries(settings).map(([setting, value]) => `  ${setting.padEnd(20)}${value}`),
  ];
  return `${lines.join('\n')}\n`;
}

async function printWeights({ model: { tagger } }: LoadedModel, name: string, shell: Shell): Promise<void> {
  const { parameters, kernels } = tagger;
  const shape = parameters.all.find((parameter) => parameter.name === name);
  if (shape === undefined) {
    throw new UsageError(`the model has no parameter ${name}`, {
      hint: `it has ${parameters.all.map((parameter) => parameter.name).join(', ')}`,
    });
  }
  const weights = kernels.view(parameters.get(name));
  for (let row = 0; row < shape.rows; row++) {
    const numbers = weights.subarray(row * shape.columns, (row + 1) * shape.columns);
    // nine digits tell any two float32 apart
    await shell.stdout.write(`${Array.from(numbers, (number) => Number(number.toPrecision(9))).join('\t')}\n`);
  }
}
