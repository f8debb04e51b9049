import type { DocumentRule } from '../encode/documents.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** What `ner tag` was told, as far as it may have no effect beside the rest. */
export interface TagFlags {
  readonly input: string;
  readonly format: string;
  readonly tokenColumn?: number;
  readonly offsets?: string;
  readonly scheme?: string;
  readonly documents?: string;
}

/** Warns of flags that are for inputs or formats other than those chosen, or for models that read documents. */
export async function warnOfIdleTagFlags(flags: TagFlags, rule: DocumentRule, shell: Shell): Promise<void> {
  const { input, format, tokenColumn, offsets, scheme, documents } = flags;
  const isJson = input === 'jsonl' || format === 'jsonl';
  const hasTags = format === 'tsv' || (format === 'jsonl' && (input === 'jsonl' || input === 'columns'));
  const idle = [
    ['token-column', tokenColumn !== undefined && input !== 'columns', 'it is of --input columns'],
    ['offsets', offsets !== undefined && !isJson, 'it is of jsonl'],
    ['scheme', scheme !== undefined && !hasTags, 'it is of tsv, and of the tokens in jsonl'],
    ['documents', documents !== undefined && input === 'columns', 'column files mark their documents'],
    [
      'documents',
      documents !== undefined && input !== 'columns' && rule !== 'marked',
      'the model knows no marked documents',
    ],
  ] as const;
  for (const [flag, isIdle, why] of idle) if (isIdle) await warn(shell, `--${flag} has no effect: ${why}`);
}
