/** A profile as V8 writes it with `node --cpu-prof`. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** The node at the top of the stack in each sample. */
  readonly samples: readonly number[];
  /** Microseconds between a sample and the one before. */
  readonly timeDeltas: readonly number[];
}

/** Microseconds by what ran: WebAssembly functions, scripts, the garbage collector, and all else of the engine and system. */
export interface Shares {
  readonly kernels: number;
  readonly scripts: number;
  readonly collector: number;
  readonly program: number;
}

/** Where the time went that was not idle. */
export function sharesOf({ nodes, samples, timeDeltas }: Profile): Shares {
  const kinds = new Map(nodes.map(({ id, callFrame }) => [id, kindOf(callFrame)]));
  const shares = { kernels: 0, scripts: 0, collector: 0, program: 0 };
  samples.forEach((id, i) => {
    const kind = kinds.get(id);
    // V8 notes the time of a sample in the sample after it
    const lasted = Math.max(timeDeltas[i + 1] ?? 0, 0);
    if (kind !== undefined && kind !== 'idle') shares[kind] += lasted;
  });
  return shares;
}

function kindOf({ functionName, url }: Profile['nodes'][number]['callFrame']): keyof Shares | 'idle' {
  if (url.startsWith('wasm://')) return 'kernels';
  const others = {
    '(idle)': 'idle',
    '(garbage collector)': 'collector',
    '(program)': 'program',
    '(root)': 'program',
  } as const;
  return others[functionName as keyof typeof others] ?? 'scripts';
}
