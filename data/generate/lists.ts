/** The entries of a text that separates them by commas and line ends. */
export function list(text: string): string[] {
  return text
    .split(/[,\n]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** The lines of a text, without blank ones. */
export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
