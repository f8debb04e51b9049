import { runInNewContext } from 'node:vm';

/** Seconds in which work that grows with the length of its input is long done, and work that grows with its square is not. */
const PATIENCE = 60;

/** Does something that must not take longer than a machine under any load would need; throws if it does. */
export function ends<Result>(work: () => Result): Result {
  return runInNewContext('work()', { work }, { timeout: PATIENCE * 1000 });
}
