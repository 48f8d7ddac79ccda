import { exitCodes, exitWith } from './commands/exit';
import { settings } from './settings';
import { synthesize } from './stacks/synthesize';
import type { Variants } from './stacks/variant';

/** The same shop, as the architectures that Steadystate compares. */
export const variants: Variants = {
  /** The usual starting point: a session-based web app with its sessions in memory, pinned by the ARR cookie. */
  'single-zone': {
    entry: 'app-service',
    regions: 1,
    instances: 2,
    zoneRedundant: false,
    affinity: { appService: 'on', applicationGateway: 'absent', frontDoor: 'absent' },
    sessions: 'in-process',
  },
  /** Microsoft's zone-redundant baseline with sessions in Redis and no affinity. Start here. */
  'zone-redundant': {
    entry: 'application-gateway',
    regions: 1,
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'off', applicationGateway: 'off', frontDoor: 'absent' },
    sessions: 'redis',
  },
  /** Two regions behind one Front Door, both serving, with geo-replicated sessions. */
  'multi-region-active-active': {
    entry: 'front-door',
    regions: 2,
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'off', applicationGateway: 'absent', frontDoor: 'off' },
    sessions: 'redis-geo',
  },
};

// What the cdktf CLI runs. It hands no words over, so choices are overridden by STEADYSTATE_VARIANTS, separated by spaces.
if (require.main === module)
  exitWith(async () => {
    const words = process.env.STEADYSTATE_VARIANTS?.split(/\s+/).filter(Boolean) ?? [];
    synthesize({ variants, settings, words, outdir: process.env.CDKTF_OUTDIR ?? 'cdktf.out' });
    return exitCodes.done;
  });
