import { type PostedError, postedError } from './workers.js';

/** The output of some lines, all there is before the error if there is one; can be posted to another thread. */
export interface TaggedBlock {
  readonly output: string | Uint8Array;
  readonly error: PostedError | undefined;
}

/** Takes parts of output up to the end or an error that a user can mend; others are thrown. */
export function taggedBlock(parts: Iterable<string>): TaggedBlock & { readonly output: string } {
  const taken: string[] = [];
  let error: PostedError | undefined;
  try {
    for (const part of parts) taken.push(part);
  } catch (thrown) {
    error = postedError(thrown);
    if (error === undefined) throw thrown;
  }
  return { output: taken.join(''), error };
}
