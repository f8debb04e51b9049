import { type Gate, type GateResult, gateName } from './gates.js';

/** What XML 1.0 allows in no form, not even escaped (section 2.2): most controls, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
/** What ends an attribute's value or is changed when one is read (section 3.3.3: blanks other than U+0020). */
const SPECIAL = /[<>&"'\t\n\r]/g;

const SUITE = 'ner eval';

/** The results of gates as JUnit XML, which CI servers show: a test case for each gate. */
export function formatJunit(results: readonly GateResult[]): string {
  const failures = results.filter(({ passed }) => !passed).length;
  const cases = results.map(({ gate, passed, reason }) =>
    testCase(nameOf(gate), passed ? undefined : `<failure type="gate" message="${escapeAttribute(reason)}"/>`),
  );
  return suite(cases, { failures, errors: 0 });
}

/** The same where there are no results, for what the message says: each gate is an error, or the whole where there are none. */
export function formatJunitError(gates: readonly Gate[], message: string): string {
  const names = gates.length === 0 ? [SUITE] : gates.map(nameOf);
  const error = `<error type="error" message="${escapeAttribute(message)}"/>`;
  const cases = names.map((name) => testCase(name, error));
  return suite(cases, { failures: 0, errors: cases.length });
}

function suite(
  cases: readonly (readonly string[])[],
  { failures, errors }: { readonly failures: number; readonly errors: number },
): string {
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="0"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${SUITE}" ${counts}>`,
    ...cases.flat(),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}

function nameOf(gate: Gate): string {
  return `${gateName(gate)} >= ${gate.minimum}`;
}

/** `wrong` is the element that says why it did not pass. */
function testCase(name: string, wrong: string | undefined): string[] {
  const attributes = `classname="${SUITE}" name="${escapeAttribute(name)}"`;
  if (wrong === undefined) return [`    <testcase ${attributes}/>`];
  return [`    <testcase ${attributes}>`, `      ${wrong}`, '    </testcase>'];
}

function escapeAttribute(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
