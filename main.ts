import type { Variants } from './synthesis/variants';

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
  /** The same app behind a load balancer with persistence. The gateway's has one backend to choose from: ARR does the pinning. */
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
  /** What stickiness is worth across regions: both layers of affinity, sessions in memory. */
  'multi-region-sticky': {
    entry: 'front-door',
    regions: 'all',
    routing: 'active-active',
    instances: 3,
    zoneRedundant: true,
    affinity: { appService: 'on', applicationGateway: 'absent', frontDoor: 'on' },
    sessions: 'in-process',
  },
  /** Microsoft's hot standby: the other region takes over, with a Redis of its own that knows nothing of the first. */
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
