import { DataError } from '../errors.js';

/** Lines that are named beside the first. */
const MOST_NAMED = 9;
/** Where so many are wrong, the rest need not be read. */
const ENOUGH = 1000;

/** What is wrong with lines. Those behind a wrong one are read too, so that one run tells of all of them. */
export class WrongLines {
  readonly #errors: DataError[] = [];

  add(error: DataError): void {
    this.#errors.push(error);
  }

  get areEnough(): boolean {
    return this.#errors.length >= ENOUGH;
  }

  /** @throws DataError of the first, naming the others, where there are any */
  refuse(): void {
    const [first, ...others] = this.#errors;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const { at, hint } = first;
    throw new DataError(`${first.reason} (${told(others)} wrong too)`, {
      ...(at === undefined ? {} : { at }),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/**
 * Reads lines one after the other, also those behind a wrong one.
 * @throws DataError as `WrongLines.refuse`
 */
export function readEach(lines: readonly string[], read: (line: string, index: number) => void): void {
  const wrong = new WrongLines();
  for (let i = 0; i < lines.length && !wrong.areEnough; i++) {
    try {
      read(lines[i], i);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      wrong.add(error);
    }
  }
  wrong.refuse();
}

/** `line 5 is`, `lines 5, 9 are`, `lines 5, 9, 12 and 7 more are` */
function told(others: readonly DataError[]): string {
  const named = others.slice(0, MOST_NAMED).map(({ at }) => at?.line);
  if (others.length === 1) return `line ${named[0]} is`;
  const rest = others.length - named.length;
  const more = rest === 0 ? '' : ` and ${rest}${others.length + 1 === ENOUGH ? ' or more' : ' more'}`;
  return `lines ${named.join(', ')}${more} are`;
}
