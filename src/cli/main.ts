import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.js';
import { EXIT, report } from './report.js';
import type { CommandEntry, Shell } from './shell.js';
import { drained, processStreams, type Streams } from './streams.js';
import { terminalAt } from './terminal.js';

const COMMANDS: readonly CommandEntry[] = [
  { name: 'train', summary: 'train a network on a tagged corpus', load: () => import('./train.js') },
  { name: 'eval', summary: 'score a model, or predictions, against a gold corpus', load: () => import('./eval.js') },
  { name: 'tag', summary: 'find the entities of a text', load: () => import('./tag.js') },
  { name: 'verify', summary: 'train a model again from its own record', load: () => import('./verify.js') },
  {
    name: 'convert',
    summary: 'write tagged corpora in another format or tag scheme',
    load: () => import('./convert.js'),
  },
  { name: 'vocab', summary: 'show the vocabulary and figures of a corpus', load: () => import('./vocab.js') },
  { name: 'gradcheck', summary: 'check gradients against finite differences', load: () => import('./gradcheck.js') },
  { name: 'gradients', summary: 'show how far back a loss reaches', load: () => import('./gradients.js') },
  { name: 'inspect', summary: 'show what a model file holds', load: () => import('./inspect.js') },
];

interface GlobalOptions {
  readonly debug?: boolean;
  readonly color?: boolean;
}

/** Help and version texts, which commander writes without waiting. */
interface Texts {
  out: string;
  err: string;
}

/**
 * Runs `ner` with the given arguments (those after the program's name) and returns its exit code (`EXIT`). Throws
 * nothing: errors are printed on standard error.
 */
export async function main(
  argv: readonly string[],
  streams: Streams,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  const texts: Texts = { out: '', err: '' };
  const program = createProgram(streams, commands, texts);
  try {
    return await parse(program, commands, argv, streams, texts);
  } catch (error) {
    return report(error, streams.stderr, program.opts<GlobalOptions>().debug === true);
  }
}

/** Runs `ner` as this process. */
export async function run(): Promise<void> {
  const streams = processStreams(process);
  process.on('uncaughtException', (error) => {
    report(error, streams.stderr, process.argv.includes('--debug')).then((code) => process.exit(code));
  });
  process.exitCode = await main(process.argv.slice(2), streams);
  await drained(process);
  // whatever a failed command left open (a timer, standard input) must not keep the process alive
  process.exit();
}

async function parse(
  program: Command,
  commands: readonly CommandEntry[],
  argv: readonly string[],
  streams: Streams,
  texts: Texts,
): Promise<number> {
  const args = argv[0] === 'help' ? helpArguments(argv.slice(1), commands) : argv;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    await streams.stderr.write(texts.err);
    await streams.stdout.write(texts.out);
    if (error.exitCode === 0) return EXIT.done;
    if (error.code === 'commander.help') return EXIT.usage; // the help was the message
    const called = commands.find(({ name }) => name === program.args[0]);
    throw usageError(error, called?.name);
  }
  const { received } = streams.signals;
  return received === undefined ? EXIT.done : EXIT[received];
}

/** `help NAME` as `NAME --help`; an unknown name stands alone, since its `--help` would be that of the program. */
function helpArguments(rest: readonly string[], commands: readonly CommandEntry[]): readonly string[] {
  const [named] = rest;
  const unknown = named !== undefined && !named.startsWith('-') && !commands.some(({ name }) => name === named);
  return unknown ? [named] : [...rest, '--help'];
}

function createProgram(streams: Streams, commands: readonly CommandEntry[], texts: Texts): Command {
  const version = packageVersion();
  const program = new Command('ner')
    .description('Train, evaluate and use recurrent networks for named entity recognition.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .option('--color', 'write colours even where the output is no terminal')
    .option('--no-color', 'write no colours')
    .option('--debug', 'show where in the program an error arose')
    .addHelpText('after', '\nRun `ner COMMAND --help` for the options of a command.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        texts.out += text;
      },
      writeErr: (text) => {
        texts.err += text;
      },
      outputError: () => {}, // `report` prints errors
      getOutHelpWidth: () => streams.stdout.columns || 80,
      getErrHelpWidth: () => streams.stderr.columns || 80,
    })
    .hook('preSubcommand', async (_program, command) => {
      const { color } = program.opts<GlobalOptions>();
      const shell: Shell = {
        ...streams,
        stdout: terminalAt(streams.stdout, streams.env, color),
        stderr: terminalAt(streams.stderr, streams.env, color),
        version,
      };
      const entry = commands.find(({ name }) => name === command.name());
      const module = await entry?.load();
      module?.configure(command, shell);
    });
  for (const { name, summary } of commands) program.command(name).summary(summary);
  return program;
}

/** commander's words for a wrong call of a command (or of none) in our form, with the near names it knows as the hint. */
function usageError(error: CommanderError, called: string | undefined): UsageError {
  const [message, suggestion] = error.message.replace(/^error: /, '').split('\n(');
  const help = called === undefined ? 'ner --help' : `ner ${called} --help`;
  const hint = suggestion === undefined ? `see ${help}` : suggestion.replace(/^Did you/, 'did you').replace(/\)$/, '');
  return new UsageError(message, { hint });
}

function packageVersion(): string {
  // both src/cli and dist/cli are two folders below package.json
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
