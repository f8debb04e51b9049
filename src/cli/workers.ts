import { parentPort, type Transferable, Worker, type WorkerOptions } from 'node:worker_threads';
import { DataError, ModelError, RunError, UsageError } from '../errors.js';

/** An error that a user can cause and mend, as it goes from one thread to another. */
export interface PostedError {
  readonly type: keyof typeof TYPES;
  readonly message: string;
  readonly hint: string | undefined;
}

const TYPES = { DataError, ModelError, RunError, UsageError } as const;

/** Undefined for an error that is a bug of ours. */
export function postedError(error: unknown): PostedError | undefined {
  for (const [name, type] of Object.entries(TYPES)) {
    if (error instanceof type) return { type: name as keyof typeof TYPES, message: error.message, hint: error.hint };
  }
  return undefined;
}

export function receivedError({ type, message, hint }: PostedError): Error {
  return new TYPES[type](message, hint === undefined ? {} : { hint });
}

/** Starts a thread. Throws RunError where the system lets there be no more of them. */
export function startWorker(entry: URL, options?: WorkerOptions): Worker {
  try {
    return new Worker(entry, options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INIT_FAILED')) throw error;
    throw new RunError(`a thread could not be started: ${error.message}`, { hint: 'fewer --threads may do' });
  }
}

/** A question that a thread has yet to answer. */
interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** A thread that answers questions in the order in which they are asked; what it runs ends in `serve`. */
export class WorkerThread<Question, Answer> {
  readonly #worker: Worker;
  readonly #waiting: Waiting<Answer>[] = [];
  #failure: unknown;

  /** `onFailure` hears of a thread that ends by itself, be it asked or idle. */
  constructor(entry: URL, onFailure: (error: unknown) => void) {
    const fail = (error: unknown): void => {
      if (this.#failure !== undefined) return;
      this.#failure = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      onFailure(error);
    };
    this.#worker = startWorker(entry);
    this.#worker.on('error', fail);
    this.#worker.on('messageerror', fail);
    this.#worker.on('exit', (code) =>
      fail(new RunError(`a thread ended before its work was done (exit code ${code})`)),
    );
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer));
  }

  /** How many questions it has yet to answer. */
  get pending(): number {
    return this.#waiting.length;
  }

  /** What is asked before the thread listens waits. Rejects if the thread fails before it has answered. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(question);
    });
  }

  /** Ends the thread, whatever it does; questions without an answer stay so. */
  async stop(): Promise<void> {
    this.#failure ??= new RunError('the thread was stopped');
    await this.#worker.terminate();
  }
}

/** What a thread does with its life: answers questions. Whatever is thrown ends the thread and reaches who asked. */
export function serve<Question, Answer>(
  answer: (question: Question) => { readonly answer: Answer; readonly transfer: readonly Transferable[] },
): void {
  if (parentPort === null) throw new Error('this runs in a thread of another program');
  const port = parentPort;
  port.on('message', (question: Question) => {
    const { answer: message, transfer } = answer(question);
    port.postMessage(message, transfer);
  });
}
