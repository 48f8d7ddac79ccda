import { variants } from '../main';
import { synthesizeWithApp } from '../synthesis/synthesizeWithApp';
import { settingsFor } from './environments';
import { exitCodes, exitWith } from './exit';

// What the CDKTF command line runs, as cdktf.json says. It passes no words on, so choices are overridden by
// STEADYSTATE_VARIANTS, separated by spaces, and an environment is named by STEADYSTATE_ENVIRONMENT.
exitWith(async () => {
  const words = process.env.STEADYSTATE_VARIANTS?.split(/\s+/).filter(Boolean) ?? [];
  const environment = process.env.STEADYSTATE_ENVIRONMENT || undefined;
  const read = await settingsFor(words, environment);
  const outdir = process.env.CDKTF_OUTDIR ?? 'cdktf.out';
  // The CDKTF command line lists the folders before it runs this, removes outdated ones itself, and fails on one that is gone.
  const keepsOutdated = true;
  await synthesizeWithApp({ variants, ...read, environment, words, outdir, keepsOutdated });
  return exitCodes.done;
});
