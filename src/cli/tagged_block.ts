import { type PostedError, postedError } from './workers.js';

/** The output of some lines, all there is before the error if there is one; can be posted to another thread. */
export interface TaggedBlock {
  readonly output: Uint8Array;
  readonly error: PostedError | undefined;
}

const encoder = new TextEncoder();
/** In bytes; the output of most blocks of lines is no longer than that. */
const FIRST_ROOM = 192 * 1024;

/**
 * Takes parts of output up to the end or an error that a user can mend; others are thrown. They are kept as bytes, which a garbage
 * collector leaves where they are.
 */
export function taggedBlock(parts: Iterable<string>): TaggedBlock {
  let bytes = new Uint8Array(FIRST_ROOM);
  let length = 0;
  let error: PostedError | undefined;
  try {
    for (const part of parts) {
      for (let taken = 0; ; ) {
        const { read, written } = encoder.encodeInto(part.slice(taken), bytes.subarray(length));
        taken += read;
        length += written;
        if (taken === part.length) break;
        bytes = twiceAsLong(bytes);
      }
    }
  } catch (thrown) {
    error = postedError(thrown);
    if (error === undefined) throw thrown;
  }
  return { output: bytes.subarray(0, length), error };
}

function twiceAsLong(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(2 * bytes.length);
  longer.set(bytes);
  return longer;
}
