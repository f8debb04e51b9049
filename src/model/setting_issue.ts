import { closestMatch } from 'leven';
import { UsageError } from '../errors.js';
import { quoted } from '../text/quote.js';
import type { Setting } from './settings.js';
import type { Issue } from './validate.js';

/** Names that differ in more letters than this, or in more than a third of their own, are not meant. */
const MOST_SLIPS = 3;

/** The error that says what is wrong with settings that did not validate, and what they may be. */
export function settingError(
  value: unknown,
  { path: [name, place] }: Issue,
  settings: Readonly<Record<string, Setting>>,
  source: string,
): UsageError {
  const known = Object.keys(settings);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new UsageError(`${source}: expected an object of settings, {"epochs": 5} say`);
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const maxDistance = Math.min(MOST_SLIPS, Math.floor(unknown.length / 3));
    const meant = closestMatch(unknown, known, { maxDistance });
    const hint = meant === undefined ? `known settings: ${known.join(', ')}` : `did you mean ${meant}?`;
    return new UsageError(`${source}: there is no setting ${quoted(unknown)}`, { hint });
  }
  const found = (value as Record<PropertyKey, unknown>)[name];
  const told =
    Array.isArray(found) && typeof place === 'number' ? `${shown(found[place])} as number ${place + 1}` : shown(found);
  return new UsageError(`${source}: ${String(name)}: expected ${expectation(settings[String(name)])}, found ${told}`);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** What a setting may be, as in "expected a whole number from 1 to 10". */
function expectation(setting: Setting): string {
  switch (setting.kind) {
    case 'choice':
      return `one of ${setting.values.join(', ')}`;
    case 'text':
      return 'a text in quotes';
    case 'list':
      return 'a list of texts';
    case 'flag':
      return 'true or false';
    case 'integer':
    case 'number':
      return expectedNumber(setting);
  }
}

/** The same of a number in a range. */
export function expectedNumber({ kind, min, max }: NumberRange): string {
  return `${kind === 'integer' ? 'a whole number' : 'a number'} from ${min} to ${max}`;
}

export interface NumberRange {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
}
