import { variants } from '../main';
import { settings } from '../settings';
import { synthesizeWithApp } from '../synthesis/synthesizeWithApp';
import { exitCodes, exitWith } from './exit';

// What the CDKTF command line runs, as cdktf.json says. It passes no words on, so choices are overridden by
// STEADYSTATE_VARIANTS, separated by spaces.
exitWith(async () => {
  const words = process.env.STEADYSTATE_VARIANTS?.split(/\s+/).filter(Boolean) ?? [];
  await synthesizeWithApp({ variants, settings, words, outdir: process.env.CDKTF_OUTDIR ?? 'cdktf.out' });
  return exitCodes.done;
});
