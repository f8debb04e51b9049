import { type GateResult, gateName } from './gates.js';

/** What XML 1.0 allows in no form, not even escaped (section 2.2): most controls, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
/** What ends an attribute's value or is changed when one is read (section 3.3.3: blanks other than U+0020). */
const SPECIAL = /[<>&"'\t\n\r]/g;

const SUITE = 'ner eval';

/** The results of gates as JUnit XML, which CI servers show: a test case for each gate. */
export function formatJunit(results: readonly GateResult[]): string {
  const failures = results.filter(({ passed }) => !passed).length;
  const counts = `tests="${results.length}" failures="${failures}" errors="0" skipped="0"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${SUITE}" ${counts}>`,
    ...results.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}

function testCase({ gate, passed, reason }: GateResult): string[] {
  const attributes = `classname="${SUITE}" name="${escapeAttribute(`${gateName(gate)} >= ${gate.minimum}`)}"`;
  if (passed) return [`    <testcase ${attributes}/>`];
  return [
    `    <testcase ${attributes}>`,
    `      <failure type="gate" message="${escapeAttribute(reason)}"/>`,
    '    </testcase>',
  ];
}

function escapeAttribute(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
