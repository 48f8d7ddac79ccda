/** What `--check-oracle` prints. */

import { type Layout, wrapped } from '../../report/layout';
import type { OracleCheck } from './differences';

const said = (value: unknown): string => (value === undefined ? 'not used' : JSON.stringify(value));

export function renderOracle(checks: readonly OracleCheck[], { width }: Pick<Layout, 'width'>): string {
  const compared = checks.reduce((sum, each) => sum + each.compared, 0);
  const differences = checks.flatMap(({ deployment, differences: found }) =>
    found.map(
      ({ fact, text, emulated, predicted }) =>
        `✗ ${deployment}: ${fact}: the text says ${said(text)}, the emulation ${said(emulated)}, the prediction ${said(predicted)}.`,
    ),
  );
  const left = checks.flatMap(({ deployment, notCompared }) =>
    notCompared === null ? [] : [`- ${deployment}: not compared: ${notCompared}.`],
  );
  const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const first =
    compared === 0
      ? `Nothing could be compared in ${counted(checks.length, 'deployment')}.`
      : differences.length === 0
        ? `${counted(compared, 'fact')} in ${counted(checks.length, 'deployment')}: the text, the emulation and the prediction say the same.`
        : `${differences.length} of ${counted(compared, 'fact')} differ between the text, the emulation and the prediction.`;
  const note =
    'The text is read a second time, by code that shares nothing with the reading of review and drill. What it does not state as a literal is not compared.';
  return `${[first, ...differences, ...left, '', note].flatMap((line) => wrapped(line, width)).join('\n')}\n`;
}
