/** A command of a page and the output that the page shows for it. */
export interface ShownCommand {
  /** The line of its `$ `, from 1. */
  readonly line: number;
  readonly text: string;
  /** The lines below it, without empty ones at the end. */
  readonly output: readonly string[];
}

/** Lines `[start, end)` of a page, from 0. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The commands of all ```console blocks. Blocks with more on that line (```console norun) are not read. */
export function commandsOf(page: string): ShownCommand[] {
  const lines = page.split('\n');
  return blocksOf(lines).flatMap(({ start, end }) =>
    promptsOf(lines, { start, end }).map((prompt, i, prompts) => ({
      line: prompt + 1,
      text: lines[prompt].slice(2),
      output: trimmed(lines.slice(prompt + 1, prompts[i + 1] ?? end)),
    })),
  );
}

/** The page with each command's output, in the order of `commandsOf`, in place of what it shows. */
export function withOutputs(page: string, outputs: readonly (readonly string[])[]): string {
  const lines = page.split('\n');
  const shown: string[] = [];
  let copied = 0;
  let command = 0;
  for (const { start, end } of blocksOf(lines)) {
    shown.push(...lines.slice(copied, start));
    for (const prompt of promptsOf(lines, { start, end })) {
      // an empty line sets a command apart from the output above it
      if (command > 0 && prompt > start && outputs[command - 1].length > 0) shown.push('');
      shown.push(lines[prompt], ...outputs[command]);
      command++;
    }
    copied = end;
  }
  return [...shown, ...lines.slice(copied)].join('\n');
}

/** The first difference between what a page shows and the output, as `line: reason`; none where they are the same. */
export function firstDifference(shown: ShownCommand, output: readonly string[]): string | undefined {
  for (let i = 0; i < Math.max(shown.output.length, output.length); i++) {
    const [expected, found] = [output[i], shown.output[i]];
    if (expected !== undefined && found !== undefined && comparable(expected) === comparable(found)) continue;
    const quoted = (line: string | undefined) => (line === undefined ? 'nothing' : JSON.stringify(line));
    return `${shown.line + 1 + i}: \`${shown.text}\` prints ${quoted(expected)}, the page shows ${quoted(found)}`;
  }
  return undefined;
}

/** Errors of this size are rounding, whose digits differ between processors and versions of the engine. */
function comparable(line: string): string {
  return line.replace(/ *\b\d\.\de-1\d\b/g, ' rounding');
}

function blocksOf(lines: readonly string[]): Range[] {
  const blocks: Range[] = [];
  let fence: { readonly info: string; readonly start: number } | undefined;
  lines.forEach((line, i) => {
    if (!line.startsWith('```')) return;
    if (fence === undefined) fence = { info: line.slice(3).trim(), start: i + 1 };
    else {
      if (fence.info === 'console') blocks.push({ start: fence.start, end: i });
      fence = undefined;
    }
  });
  return blocks;
}

function promptsOf(lines: readonly string[], { start, end }: Range): number[] {
  const prompts: number[] = [];
  for (let i = start; i < end; i++) if (lines[i].startsWith('$ ')) prompts.push(i);
  return prompts;
}

/** Lines without the empty ones at the end. */
export function trimmed(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1);
}
