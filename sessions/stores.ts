/**
 * The one table of session stores. A new store is one line here, what declares it in Azure (`stacks/`), and what the app
 * does with it (`app/stores/`); choices, labels, the review and the drill's prediction follow from the line.
 *
 * Every room may import this file, so it imports nothing. `app/` is deployed alone and keeps its own list of names; a
 * test compares the two.
 */
export interface SessionStoreDescriptor {
  /** What reports call it, for people. */
  readonly label: string;
  /** The app's `SESSION_STORE`. Two stores may share a value: the app does not know whether its Redis is geo-replicated. */
  readonly appSetting: string;
  /** What holds the session: the memory of one process, a Redis, or the client itself. */
  readonly keptIn: 'process' | 'redis' | 'client';
  /**
   * Who finds the same session: one `instance`, every instance of one `region`, or the whole `deployment`. The loss of
   * that part takes the session; a session of the whole deployment outlives any instance, zone or region.
   */
  readonly sharedBy: 'instance' | 'region' | 'deployment';
}

export const sessionStores = {
  'in-process': { label: 'in process', appSetting: 'memory', keptIn: 'process', sharedBy: 'instance' },
  redis: { label: 'Redis', appSetting: 'redis', keptIn: 'redis', sharedBy: 'region' },
  'redis-geo': { label: 'Redis, geo', appSetting: 'redis', keptIn: 'redis', sharedBy: 'deployment' },
  cookie: { label: 'sealed cookie', appSetting: 'cookie', keptIn: 'client', sharedBy: 'deployment' },
} as const satisfies Record<string, SessionStoreDescriptor>;

/** Id of a session store, as a variant names it. */
export type SessionStore = keyof typeof sessionStores;

/** Every store, in the order of the table. */
export const sessionStoreIds = (): readonly SessionStore[] => Object.keys(sessionStores) as SessionStore[];

/** A store of an app that Steadystate did not write: no variant can choose it, and no drill can run it. */
export interface ForeignStoreDescriptor extends Omit<SessionStoreDescriptor, 'appSetting' | 'keptIn'> {
  /** `service`: something outside the process that is no Redis. `nowhere`: there are no sessions. */
  readonly keptIn: 'service' | 'nowhere';
}

export const foreignStores = {
  database: { label: 'database', keptIn: 'service', sharedBy: 'region' },
  files: { label: 'shared files', keptIn: 'service', sharedBy: 'region' },
  service: { label: 'another service', keptIn: 'service', sharedBy: 'region' },
  none: { label: 'no sessions', keptIn: 'nowhere', sharedBy: 'deployment' },
} as const satisfies Record<string, ForeignStoreDescriptor>;

export type ForeignStore = keyof typeof foreignStores;

/** Where any app may keep sessions. */
export type SessionPlace = SessionStore | ForeignStore;

/** Every place, those that a variant can choose first. */
export const sessionPlaces = (): readonly SessionPlace[] => [
  ...sessionStoreIds(),
  ...(Object.keys(foreignStores) as ForeignStore[]),
];

/** Whether it is a store that a variant can choose. */
export const isOwnStore = (id: SessionPlace): id is SessionStore => Object.hasOwn(sessionStores, id);

/** What a store is. */
export function sessionStore(id: SessionStore): SessionStoreDescriptor;
export function sessionStore(id: SessionPlace): SessionStoreDescriptor | ForeignStoreDescriptor;
export function sessionStore(id: SessionPlace): SessionStoreDescriptor | ForeignStoreDescriptor {
  return isOwnStore(id) ? sessionStores[id] : foreignStores[id];
}

/** Whether sessions live in a Redis, in one region or in all. */
export const usesRedis = (id: SessionPlace): boolean => sessionStore(id).keptIn === 'redis';

/** Whether the Redis of every region holds every session. With one region there is nothing to replicate to. */
export const isGeoReplicated = (id: SessionPlace): boolean =>
  usesRedis(id) && sessionStore(id).sharedBy === 'deployment';

/** The store by what a deployment shows: the app's `SESSION_STORE`, and for Redis whether it is geo-replicated. */
export const storeBySetting = (appSetting: string, geoReplicated: boolean): SessionStore | undefined =>
  sessionStoreIds().find(
    (id) => sessionStore(id).appSetting === appSetting && (!usesRedis(id) || isGeoReplicated(id) === geoReplicated),
  );
