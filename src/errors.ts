/** Where in the user's input something stands: a file (or `-` for standard input) and, when known, its line from 1. */
export interface Place {
  readonly source: string;
  readonly line?: number;
}

/** `file:line`, or `file` where no line is known; `-` is spelt out. */
export function describePlace(place: Place): string {
  const source = place.source === '-' ? 'standard input' : place.source;
  return place.line === undefined ? source : `${source}:${place.line}`;
}

interface Detail {
  /** Where it is wrong. */
  readonly at?: Place;
  /** A way out, shown on a line of its own. */
  readonly hint?: string;
}

/** The errors a user can cause and mend. Anything else that is thrown is a bug of ours. */
export abstract class NerError extends Error {
  /** The message without its place. */
  readonly reason: string;
  readonly at: Place | undefined;
  readonly hint: string | undefined;

  constructor(message: string, { at, hint }: Detail = {}) {
    super(at === undefined ? message : `${describePlace(at)}: ${message}`);
    this.name = new.target.name;
    this.reason = message;
    this.at = at;
    this.hint = hint;
  }
}

/** A call that cannot be carried out as asked: an unknown setting, a value out of range, two that exclude each other. */
export class UsageError extends NerError {}

/** Input data that is not what its format promises. */
export class DataError extends NerError {}

/** A model file that is damaged, of another version, or no model at all. */
export class ModelError extends NerError {}

/** Training or tagging that had to stop: the loss is no longer a number, or memory cannot hold what was asked. */
export class RunError extends NerError {}
