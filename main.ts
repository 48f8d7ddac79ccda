import type { Variants } from './synthesis/variants';

/** The same shop, as the architectures that Steadystate compares. */
export const variants: Variants = {
  /** The usual starting point: a web app with its sessions in memory, and the ARR cookie to find them again. */
  'single-zone': {
    entry: 'app-service',
    regions: 1,
    instances: 2,
    zoneRedundant: false,
    affinity: { appService: 'on', applicationGateway: 'absent', frontDoor: 'absent' },
    sessions: 'in-process',
  },
  /**
   * The same app behind a load balancer with persistence. The gateway's affinity has only one backend to choose from,
   * so ARR's cookie decides.
   */
  'zone-redundant-sticky': {
    entry: 'application-gateway',
    regions: 1,
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'on', applicationGateway: 'on', frontDoor: 'absent' },
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
  /** Stateless, with the session in a cookie that the app seals and the client keeps. */
  'zone-redundant-cookie': {
    entry: 'application-gateway',
    regions: 1,
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'off', applicationGateway: 'off', frontDoor: 'absent' },
    sessions: 'cookie',
  },
  /** What affinity costs across regions: both layers of affinity, sessions in memory. */
  'multi-region-sticky': {
    entry: 'front-door',
    regions: 'all',
    routing: 'active-active',
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'on', applicationGateway: 'absent', frontDoor: 'on' },
    sessions: 'in-process',
  },
  /** Microsoft's hot standby: the other region takes over, with its own Redis, which has none of the first one's data. */
  'multi-region-active-passive': {
    entry: 'front-door',
    regions: 'all',
    routing: 'active-passive',
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'off', applicationGateway: 'absent', frontDoor: 'off' },
    sessions: 'redis',
  },
  /** Every region serves, with geo-replicated sessions. */
  'multi-region-active-active': {
    entry: 'front-door',
    regions: 'all',
    routing: 'active-active',
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'off', applicationGateway: 'absent', frontDoor: 'off' },
    sessions: 'redis-geo',
  },
};
