import { refuse } from '../inputError';

/**
 * Reads an option's value as a whole number.
 *
 * @param option as it is typed, such as `--seed`
 * @returns a reader that throws InputError for anything else
 */
export function wholeNumber(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw refuse(option, `a whole number from ${least} to ${most}`, text, 'Leave it out for the default.');
  };
}
