import { createHash } from 'node:crypto';

/** A model file after an edit, its hash made right again: what an edit by a careful hand would leave. */
export function withRightHash(model: string, edit: (text: string) => string): string {
  const edited = edit(model.slice(0, model.lastIndexOf('"sha256"')));
  return `${edited}"sha256":"${createHash('sha256').update(edited).digest('hex')}"}\n`;
}

/** A model file whose first parameter begins with another weight. */
export function withFirstWeight(text: string, weight: number): string {
  return text.replace(/"data":"([A-Za-z0-9+/]*=*)"/, (_member, data: string) => {
    const bytes = Buffer.from(data, 'base64');
    bytes.writeFloatLE(weight, 0);
    return `"data":"${bytes.toString('base64')}"`;
  });
}
