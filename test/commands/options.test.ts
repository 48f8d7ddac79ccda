import { Command } from 'commander';
import { program } from '../../commands/program';
import { repeated, repeatedMessage } from '../../commands/repeated';

const command = new Command('drill')
  .option('--environment <name>')
  .option('--json')
  .option('--region <location>', 'may be repeated', (one: string, before: readonly string[] = []) => [...before, one])
  .option('--var-file <file...>');
const said = (line: string) => {
  const found = repeated(command, line.split(' '));
  return found && repeatedMessage(found);
};

describe('an option of one value', () => {
  test('is refused with two that differ, in either form', () => {
    const message = '`--environment` must be given once, got: "dev", "prod". Keep one of them.';
    expect(said('zone-redundant --environment dev --environment prod')).toBe(message);
    expect(said('--environment=dev zone-redundant --environment prod')).toBe(message);
  });

  test.each([
    '--environment dev --environment=dev',
    '--environment dev -- --environment prod',
    '--json --json',
    '--region a --region b',
    '--var-file a --var-file b',
  ])('is not meant by %s', (line) => expect(said(line)).toBeUndefined());
});

describe('STEADYSTATE_ENVIRONMENT', () => {
  const before = process.env.STEADYSTATE_ENVIRONMENT;
  afterEach(() => {
    if (before === undefined) delete process.env.STEADYSTATE_ENVIRONMENT;
    else process.env.STEADYSTATE_ENVIRONMENT = before;
  });
  const environmentOf = (...words: string[]) =>
    program('synth', 'Write Terraform.').parse(words, { from: 'user' }).opts().environment;

  test('names the environment of every command, and what is typed wins over it', () => {
    process.env.STEADYSTATE_ENVIRONMENT = 'dev';
    expect(environmentOf()).toBe('dev');
    expect(environmentOf('--environment', 'prod')).toBe('prod');
    delete process.env.STEADYSTATE_ENVIRONMENT;
    expect(environmentOf()).toBeUndefined();
  });
});
