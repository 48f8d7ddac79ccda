import { refuse } from '../inputError';
import { printableLines } from '../report/printable';
import { exitCodes } from './exit';

/**
 * Reads an option's value as a whole number. Ends the process with exit code 2 and one error for anything else, as commander
 * itself would print a usage message.
 *
 * @param option as it is typed, such as `--seed`
 */
export function wholeNumber(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    const { message } = refuse(
      option,
      `a whole number from ${least} to ${most}`,
      text,
      'Leave it out for the default.',
    );
    process.stderr.write(`error: ${printableLines(message)}\n`);
    process.exit(exitCodes.badInput);
  };
}
