/** Which options a drill takes, by what it starts from: an option that would change nothing is refused, not ignored. */

import { InputError, refuse } from '../../inputError';
import type { DocumentOptions } from '../document';
import type { ExportOptions } from '../drillExport';

export interface StartOptions extends DocumentOptions, ExportOptions {
  readonly app?: string;
  readonly checkOracle?: boolean;
  readonly collect?: string;
}

type Start = 'here' | 'url' | 'export' | 'collect' | 'oracle';

const named: Readonly<Record<Start, string>> = {
  here: 'a drill on this machine',
  url: '--url',
  export: '--export',
  collect: '--collect',
  oracle: '--check-oracle',
};

/** Options that some start takes and another does not. */
const takenBy: Readonly<Record<string, readonly Start[]>> = {
  all: ['here', 'oracle'],
  seed: ['here', 'url', 'export'],
  seeds: ['here'],
  shoppers: ['here', 'url', 'export'],
  assume: ['here', 'export', 'collect', 'oracle'],
  varFile: ['here', 'export', 'collect', 'oracle'],
  environment: ['here', 'export', 'collect', 'oracle'],
  mine: ['url'],
  rate: ['url'],
  seconds: ['url'],
  watch: ['url', 'export'],
  out: ['export'],
  ledgerSecret: ['export'],
  secretIdentity: ['export'],
};

/**
 * @param isTyped whether an option was typed; those of a config file may be meant for another start
 * @throws InputError for options that belong to another start, and for two starts at once
 */
export function checkStart(options: StartOptions, isTyped: (name: string) => boolean): void {
  const { app, checkOracle, export: engine, collect, url } = options;
  if (app?.trim() === '')
    throw refuse('--app', 'the command that starts your app', app, 'Write it as in --app "node server.js".');
  const [other] = givenIn({ url, 'check-oracle': checkOracle, export: engine, collect });
  if (app !== undefined && other)
    throw new InputError(`--app starts your app on this machine, and ${other} starts nothing. Leave one out.`);
  const starts = givenIn({
    'check-oracle': checkOracle,
    export: engine,
    collect,
    ...(engine === undefined && { url }),
  });
  if (starts.length > 1) throw new InputError(`${starts.join(' and ')} exclude each other. Leave one out.`);
  const start: Start = checkOracle
    ? 'oracle'
    : engine !== undefined
      ? 'export'
      : collect !== undefined
        ? 'collect'
        : url !== undefined
          ? 'url'
          : 'here';
  const idle = Object.entries(takenBy).find(([name, starts]) => isTyped(name) && !starts.includes(start));
  if (idle) {
    const [name, starts] = idle;
    throw new InputError(
      `${flag(name)} changes nothing ${start === 'here' ? 'in' : 'with'} ${named[start]}: it belongs to ${starts.map((each) => named[each]).join(', ')}. Leave it out.`,
    );
  }
  if (isTyped('seconds') && isTyped('watch'))
    throw new InputError('--seconds and --watch both say how long to ask --url. Leave one out.');
  const { json, html, output, format } = options;
  const printed = givenIn({ json, html, output, format });
  if (engine !== undefined && printed.length > 0)
    throw new InputError(
      `--export writes no report: leave ${printed.join(' and ')} out, and give them with --collect.`,
    );
}

/** The options that have a value, as they are typed. */
const givenIn = (options: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));

const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
