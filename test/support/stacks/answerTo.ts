import { variants } from '../../../main';
import { checkRequest } from '../../../synthesis/request';
import { settings } from '../settings';

/** What a synth says of changed settings before it makes anything: the error, or `synthesizes`. */
export function answerTo(word: string, change: object): string {
  try {
    checkRequest({ variants, settings: { ...settings, ...change }, words: [word], outdir: 'unused' });
  } catch (error) {
    return (error as Error).message;
  }
  return 'synthesizes';
}
