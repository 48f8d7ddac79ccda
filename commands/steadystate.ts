import module from 'node:module';
import { join } from 'node:path';
import { version } from '../package.json';
import { printableLines } from '../report/printable';
import { exitCodes } from './exit';
import './standardStreams';
import { isWord, words } from './words';

// The one command of the installed package. Each word below is a bundle of its own, loaded only where it is used.

const help = [
  'Usage: steadystate <command> [words] [options]',
  '',
  'Deployments of one shop on Azure App Service: review them, compare them, rehearse their failures.',
  '',
  ...Object.entries(words).map(([word, meaning]) => `  ${word.padEnd(12)}${meaning}`),
  '',
  'steadystate <command> --help says what a command takes. steadystate --version says which this is.',
  'Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 could not assess.',
  '',
].join('\n');

/** What the file of a word exports. */
interface Bundle {
  readonly run: () => Promise<void>;
}

async function main(): Promise<void> {
  // Node 22.1 and later keep what they have compiled, for the next start.
  (module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
  const [word, ...rest] = process.argv.slice(2);
  if (word === '--version' || word === '-V') return void process.stdout.write(`${version}\n`);
  if (word === '--help' || word === '-h' || (word === 'help' && rest.length === 0)) {
    process.stdout.write(help);
    return;
  }
  const command = word === 'help' ? rest[0] : word;
  if (command === undefined || !isWord(command)) {
    const given = command === undefined ? 'nothing' : JSON.stringify(command);
    process.stderr.write(
      `error: \`command\` must be one of ${Object.keys(words).join(', ')}, got: ${printableLines(given)}. Run steadystate --help for what each does.\n`,
    );
    process.exitCode = exitCodes.badInput;
    return;
  }
  process.argv.splice(2, word === 'help' ? 2 : 1, ...(word === 'help' ? ['--help'] : []));
  // biome-ignore lint/style/noCommonJs: `import()` would first search the whole bundle for the names that it exports.
  const chosen: Bundle = require(join(__dirname, `${command}.js`));
  await chosen.run();
}

void main();
