import type { DocumentRule } from '../encode/documents.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** What `ner tag` was told, as far as it may have no effect beside the rest. */
export interface TagFlags {
  /** Whether the text stands in the arguments. */
  readonly isArgument: boolean;
  readonly input: string;
  readonly format: string;
  readonly tokenColumn?: number;
  readonly offsets?: string;
  readonly scheme?: string;
  readonly documents?: string;
}

/** Warns of flags that would change the output for other inputs, formats or models than those chosen. */
export async function warnOfIdleTagFlags(flags: TagFlags, rule: DocumentRule, shell: Shell): Promise<void> {
  const { input, format, tokenColumn, offsets, scheme, documents } = flags;
  const isJson = input === 'jsonl' || format === 'jsonl';
  const hasTags = format === 'tsv' || (format === 'jsonl' && (input === 'jsonl' || input === 'columns'));
  const idle = [
    ['token-column', tokenColumn !== undefined && input !== 'columns', 'it is of --input columns'],
    ['offsets', offsets !== undefined && !isJson, 'it is of jsonl'],
    ['scheme', scheme !== undefined && !hasTags, 'it is of tsv, and of the tokens in jsonl'],
  ] as const;
  for (const [flag, isIdle, why] of idle) if (isIdle) await warn(shell, `--${flag} has no effect: ${why}`);
  const why = documents === undefined ? undefined : whyUnmarked(flags, rule);
  if (why !== undefined) await warn(shell, `--documents has no effect: ${why}`);
}

/** Why nobody can say what a document is. */
function whyUnmarked({ isArgument, input }: TagFlags, rule: DocumentRule): string | undefined {
  if (input === 'columns') return 'column files mark their documents';
  if (isArgument) return 'it is of files and standard input';
  return rule === 'marked' ? undefined : 'the model knows no marked documents';
}
