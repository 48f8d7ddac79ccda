import fs from 'node:fs';
import path from 'node:path';
import { faultNames, faults } from '../../drill/faults';
import { variants } from '../../main';
import { rewrites } from '../support/golden';
import { docsFolder } from './markdown';

interface Counted {
  readonly variant: string;
  readonly fault: string;
  readonly notApplicable?: string;
  readonly cartsLost: number;
  readonly cartsResurrected: number;
  readonly writesLost: number;
}

const file = path.join(docsFolder, 'stateless-or-stateful.md');
const { runs } = JSON.parse(fs.readFileSync(path.join(docsFolder, 'drill.json'), 'utf8')) as { runs: Counted[] };

function cell(variant: string, fault: string): string {
  const run = runs.find((one) => one.variant === variant && one.fault === fault);
  if (run === undefined) return 'not drilled';
  if (run.notApplicable !== undefined) return '-';
  const adds = run.writesLost > 0 ? `, ${run.writesLost} adds` : '';
  const back = run.cartsResurrected > 0 ? `, ${run.cartsResurrected} came back` : '';
  return `${run.cartsLost > 0 ? `**${run.cartsLost}**` : '0'}${adds}${back}`;
}

/** `instance-crash` as a heading of the table has it. */
const heading = (fault: string): string => fault.replaceAll('-', ' ').replace('redis', 'Redis');

/** Faults by variants, as there are more faults. */
const matrix = (): string => {
  const names = Object.keys(variants);
  return [
    `| | ${names.map((name) => `\`${name}\``).join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...faultNames.map((fault) => `| ${heading(fault)} | ${names.map((variant) => cell(variant, fault)).join(' | ')} |`),
  ].join('\n');
};

const documentation = (): string =>
  [
    '| fault | what happens | where Azure documents it |',
    '|---|---|---|',
    ...faultNames.flatMap((name) => {
      const { description, source } = faults[name];
      const page = source === null ? 'nowhere: assumed' : `[${new URL(source).pathname.split('/').at(-1)}](${source})`;
      return name === 'none' ? [] : [`| \`${name}\` | ${description} | ${page} |`];
    }),
  ].join('\n');

test.each([
  ['drill', matrix],
  ['faults', documentation],
])('the table “%s” of stateless-or-stateful.md is what the drill has', (name, table) => {
  const text = fs.readFileSync(file, 'utf8');
  const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*(\\n<!-- end of ${name} -->)`);
  const written = text.replace(place, (_, before, after) => before + table() + after);
  if (rewrites) fs.writeFileSync(file, written);
  expect(fs.readFileSync(file, 'utf8')).toBe(written);
  expect(written).toContain(table());
});
