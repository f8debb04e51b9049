/**
 * Tags many lines from standard input and looks whether memory stays flat:
 *
 *     npx tsx .ci/flat.ts [lines=1000000]
 *
 * is `yes "Sumesh worked at Cisco in Bengaluru" | head -n LINES | ner tag > /dev/null` with the peak of its resident
 * memory, from /proc. Fails at 300 MB.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../bin/ner.js', import.meta.url));
const LINE = 'Sumesh worked at Cisco in Bengaluru\n';
const LIMIT = 300e6;
const AT_ONCE = 1000;

const lines = Number(process.argv[2] ?? 1_000_000);

/** Bytes of memory that a process had at most so far; 0 once it has ended. */
function peakOf(pid: number): number {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kibibytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const child = spawn(process.execPath, [BINARY, 'tag'], { stdio: ['pipe', 'ignore', 'inherit'] });
const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
const start = performance.now();
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, peakOf(child.pid ?? 0));
}, 50);
child.stdin.on('error', () => {}); // its exit code says what happened
for (let sent = 0; sent < lines && child.exitCode === null; sent += AT_ONCE) {
  const more = child.stdin.write(LINE.repeat(Math.min(AT_ONCE, lines - sent)));
  if (!more) await Promise.race([new Promise((resolve) => child.stdin.once('drain', resolve)), ended]);
}
child.stdin.end();
const code = await ended;
clearInterval(watch);
const speed = (lines * 1000) / (performance.now() - start);
console.log(`${lines} lines, exit code ${code}: peak ${(peak / 1e6).toFixed(0)} MB, ${speed.toFixed(0)} lines/s`);
process.exitCode = code === 0 && peak > 0 && peak < LIMIT ? 0 : 1;
