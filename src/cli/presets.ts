import { type Command, Option } from 'commander';
import type { CorpusTraits } from '../encode/traits.js';
import { UsageError } from '../errors.js';
import { DEFAULT_PRESET, PRESETS } from '../model/presets.js';
import { parsePartialSettings, resolveSettings, type Settings } from '../model/settings.js';
import { mapVariant } from '../model/variants.js';
import { parseJson } from '../text/parse_json.js';
import { readBytes } from './files.js';
import { type GazetteerOptions, withGazetteers } from './gazetteers.js';
import { addSettings, givenSettings } from './options.js';
import { counted } from './progress.js';
import type { Shell } from './shell.js';

/** What a command was told of the settings. */
export interface PresetOptions extends GazetteerOptions, Readonly<Record<string, unknown>> {
  readonly preset: string;
  readonly config?: string;
}

/** Gives a command the options that settings come from. */
export function addSettingSources(command: Command): Command {
  const summaries = [...PRESETS].map(([name, { summary }]) => `${name}: ${summary}`).join('; ');
  const preset = new Option(
    '--preset <name>',
    `settings to start from. ${summaries}. The textbook's are in brackets below`,
  );
  command
    .addOption(preset.choices([...PRESETS.keys()]).default(DEFAULT_PRESET))
    .option('--config <file>', 'JSON file of settings, over the preset and under the flags');
  addSettings(command);
  return command;
}

/**
 * Gives the settings for a corpus: the preset's for such a one, over them those of the file, over them the flags. What is given so
 * holds for all networks that a preset has, and lists of names are looked up by all networks.
 */
export async function settingsMaker(options: PresetOptions, shell: Shell): Promise<(traits: CorpusTraits) => Settings> {
  const preset = PRESETS.get(options.preset);
  const config = options.config === undefined ? {} : await readConfig(options.config, shell);
  const own = { ...config, ...givenSettings(options) };
  const listed = (features: string): string => withGazetteers(features, options);
  return (traits) => {
    const settings = resolveSettings(withoutVariants(preset?.settingsFor(traits) ?? {}, own), own);
    const variant = settings.variant.map((text) =>
      mapVariant(text, (name, value) => (name === 'features' ? listed(value) : value)),
    );
    return { ...settings, features: listed(settings.features), variant };
  };
}

/** A preset whose variants leave alone what the user gives, no more of them than there are networks for. */
function withoutVariants(preset: Partial<Settings>, own: Partial<Settings>): Partial<Settings> {
  const { variant = [], members = 1 } = preset;
  // the rate of a variant is that of its cell
  const given = new Set([...Object.keys(own), ...(own.cell === undefined ? [] : ['learningRate'])]);
  const left = variant
    .slice(0, (own.members ?? members) - 1)
    .map((text) => mapVariant(text, (name, value) => (given.has(name) ? undefined : value)));
  return { ...preset, variant: left.some((text) => text !== '') ? left : [] };
}

async function readConfig(file: string, shell: Shell): Promise<Partial<Settings>> {
  const text = new TextDecoder().decode(await readBytes(file, shell));
  const parsed = parseJson(text);
  if ('value' in parsed) return parsePartialSettings(parsed.value, file);
  const { line, message } = parsed.error;
  throw new UsageError(message, { at: { source: file, line } });
}

/** Says what a preset took the corpus for, and what it therefore chose; nothing of one that is the same for every corpus. */
export async function tellPreset(name: string, traits: CorpusTraits, settings: Settings, shell: Shell): Promise<void> {
  if (name === 'textbook') return;
  const taken = settings.documentSentences > 0 ? ` (${settings.documentSentences} taken for a document)` : '';
  const alone = traits.sentences === 1 ? 'that stands alone' : 'that stand alone';
  const told = { marked: 'in marked documents', running: 'of running text', none: alone }[traits.documents];
  const capitals = traits.capitals ? '' : ', without capitals';
  await shell.stderr.write(
    `preset ${name}, for ${counted(traits.sentences, 'sentence')} ${told}${taken}${capitals}: ` +
      `${counted(settings.epochs, 'epoch')}\n`,
  );
}
