/** The lines of a file, each different one once: a corpus has most of its rows many times, and what they are is asked of each once. */
export class DistinctLines {
  /** In the order in which they first come. */
  readonly values: readonly string[];
  /** Which of these each line is. Shape [lines]. */
  readonly ids: Int32Array;
  /** The first line, from 0, that is such. Shape [values]. */
  readonly firsts: Int32Array;
  /** How many lines are such. Shape [values]. */
  readonly counts: Int32Array;

  constructor(lines: readonly string[]) {
    const values: string[] = [];
    const known = new Map<string, number>();
    const { length } = lines;
    this.ids = new Int32Array(length);
    const firsts = new Int32Array(length);
    const counts = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      const line = lines[i];
      let id = known.get(line);
      if (id === undefined) {
        id = values.length;
        known.set(line, id);
        values.push(line);
        firsts[id] = i;
      }
      this.ids[i] = id;
      counts[id]++;
    }
    this.values = values;
    this.firsts = firsts.slice(0, values.length);
    this.counts = counts.slice(0, values.length);
  }
}
