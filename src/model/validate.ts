import type { ZodMiniType } from 'zod/mini';
import english from 'zod/v4/locales/en.js';

/** What is wrong with a value that came from outside, and with which of its members. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A value as its schema types it, or what is first wrong with it. */
export type Validated<T> = { readonly data: T } | { readonly issue: Issue };

export function validate<T>(schema: ZodMiniType<T>, value: unknown): Validated<T> {
  // given here rather than to zod as a whole, which programs that use this library may have set to another language
  const result = schema.safeParse(value, { error: (issue) => english().localeError(issue) });
  return result.success ? { data: result.data } : { issue: result.error.issues[0] };
}

/** `settings.hidden: Too small: …`. */
export function describeIssue({ path, message }: Issue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
