import { flagOf, type SettingName, type Settings } from '../model/settings.js';
import { memberSettings } from '../model/variants.js';
import { givenSettings } from './options.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** What a setting needs to have an effect, and of what it is where it has none. */
const NEEDS: readonly (readonly [setting: SettingName, has: (settings: Settings) => boolean, of: string])[] = [
  ['activation', ({ cell }) => cell === 'elman', 'the cell elman'],
  ['momentum', ({ optimizer }) => optimizer === 'sgd', 'the optimizer sgd'],
  ['adamBeta2', ({ optimizer }) => optimizer === 'adam', 'the optimizer adam'],
];

/** Warns of flags that say nothing, as no network is of the kind that they are for. */
export async function warnOfIdleFlags(
  options: Readonly<Record<string, unknown>>,
  settings: Settings,
  shell: Shell,
): Promise<void> {
  const given = givenSettings(options);
  for (const [setting, has, of] of NEEDS) {
    if (given[setting] === undefined || memberSettings(settings).some(has)) continue;
    await warn(shell, `--${flagOf(setting)} has no effect: it is of ${of}`);
  }
}
