import { type Command, InvalidArgumentError, Option } from 'commander';
import { expectedNumber, type NumberRange } from '../model/setting_issue.js';
import { flagOf, SETTING_NAMES, SETTINGS, type Setting, type Settings } from '../model/settings.js';

/** Adds a flag for every setting of a training run. Flags have no default of their own: what is not given stays open. */
export function addSettings(command: Command): void {
  for (const name of SETTING_NAMES) {
    for (const option of optionsFor(name, SETTINGS[name])) command.addOption(option);
  }
}

/** The settings that were given as flags. */
export function givenSettings(options: Readonly<Record<string, unknown>>): Partial<Settings> {
  const given = SETTING_NAMES.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return Object.fromEntries(given) as Partial<Settings>;
}

function optionsFor(name: string, setting: Setting): Option[] {
  const flag = flagOf(name);
  switch (setting.kind) {
    case 'flag': {
      const yes = new Option(`--${flag}`, setting.help);
      const no = new Option(`--no-${flag}`, `not: ${setting.help}`);
      return [setting.default ? yes.hideHelp() : yes, setting.default ? no : no.hideHelp()];
    }
    case 'choice':
      return [new Option(`--${flag} <name>`, described(setting)).choices(setting.values)];
    case 'text':
      return [new Option(`--${flag} <list>`, described(setting))];
    case 'list':
      return [new Option(`--${flag} <${setting.entry}>`, setting.help).argParser(appended)];
    case 'integer':
    case 'number':
      return [new Option(`--${flag} <n>`, described(setting)).argParser((value) => parseNumber(value, setting))];
  }
}

/** The help of a setting with its default, unless the text itself tells the defaults. */
function described(setting: Setting): string {
  return setting.help.includes('default') ? setting.help : `${setting.help} [${setting.default}]`;
}

/** Every value of an option that may be repeated. */
export function appended(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** A number in a range, or commander's error saying what was expected. */
export function parseNumber(value: string, range: NumberRange): number {
  const { kind, min, max } = range;
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max) || (kind === 'integer' && !Number.isInteger(number))) {
    throw new InvalidArgumentError(`expected ${expectedNumber(range)}`);
  }
  return number;
}
