import fs from 'node:fs';
import path from 'node:path';
import { faultNames } from '../../drill/faults';
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

const table = (): string =>
  [
    `| | ${faultNames.map(heading).join(' | ')} |`,
    `|---|${faultNames.map(() => '---|').join('')}`,
    ...Object.keys(variants).map(
      (variant) => `| \`${variant}\` | ${faultNames.map((fault) => cell(variant, fault)).join(' | ')} |`,
    ),
  ].join('\n');

test('the matrix of stateless-or-stateful.md is what docs/drill.json counted', () => {
  const text = fs.readFileSync(file, 'utf8');
  const written = text.replace(/(<!-- drill -->\n)[\s\S]*(\n<!-- end of drill -->)/, (_, a, b) => a + table() + b);
  if (rewrites) fs.writeFileSync(file, written);
  expect(fs.readFileSync(file, 'utf8')).toBe(written);
  expect(written).toContain(table());
});
