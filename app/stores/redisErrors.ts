import { ErrorReply, MultiErrorReply } from 'redis';

/** An error that Redis answered with: it is there, and it refused a command. */
export interface Refusal {
  /** The first word of the answer, such as `OOM`. */
  readonly code: string;
  /** What it means and what to do, for the operator of the shop. It holds nothing of a session. */
  readonly meaning: string;
  /** How long `/healthz` reports it after it was seen last. */
  readonly heldMilliseconds: number;
}

const clustered =
  'the cache is clustered for clients that speak Redis Cluster (policy OSSCluster), so this shop reaches some of the ' +
  'carts only. Use the policy EnterpriseCluster or NoCluster; a change makes the database new, and every session is lost';

/** By the first word of the answer. @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const meanings: Readonly<Record<string, string>> = {
  READONLY:
    'this connection leads to a replica, as after a failover. The shop connects again. If this goes on, check that ' +
    'REDIS_URL names the primary',
  MOVED: clustered,
  ASK: clustered,
  CROSSSLOT: clustered,
  CLUSTERDOWN: 'a part of the cluster is down. Look into Resource health of the cache',
  OOM:
    'its memory is full and it may not evict anything. Choose a larger size, or the eviction policy VolatileLRU: every ' +
    'session has an expiry, so the longest unused goes first',
  NOPERM:
    'the user may not run this command. Assign the access policy `default` to the identity of REDIS_IDENTITY_CLIENT_ID, ' +
    'or allow the user to read, write and run scripts on keys that begin with SESSION_PREFIX, which is shop unless set',
  NOAUTH: 'it asks for a sign-in. Put user and password into REDIS_URL, or set REDIS_IDENTITY_CLIENT_ID',
  WRONGPASS:
    'it does not know the user or the password. Check REDIS_URL, or whether the identity of REDIS_IDENTITY_CLIENT_ID ' +
    'has an access policy on this cache',
  LOADING: 'it has started and loads its data. Carts work when that is done',
  BUSY: 'a script runs for too long. Restart the cache if it does not end',
  MASTERDOWN: 'this is a replica whose primary is away. Look into Resource health of the cache',
  NOREPLICAS: 'too few replicas are connected to accept a write. Look into Resource health of the cache',
  MISCONF: 'it cannot save its data to disk, and so refuses writes. Look into Resource health of the cache',
};

/** Reported for a minute: these last until somebody acts. */
const held = 60_000;
/** Reported for a few seconds: the shop repairs it by connecting again, and sees at once if that did not help. */
const heldUntilMended = 5_000;

/** What Redis refused with; undefined: the error is none of Redis's answers. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof MultiErrorReply) {
    for (const reply of error.errors()) return refusalOf(reply);
  }
  if (!(error instanceof ErrorReply)) return undefined;
  const code = codeOf(error.message);
  const heldMilliseconds = code === 'READONLY' ? heldUntilMended : held;
  // The arguments of a command may name a session, which nobody else may learn.
  const unknown = `the shop did not expect this: ${error.message.split(', with args')[0]?.slice(0, 120)}`;
  return { code, meaning: meanings[code] ?? unknown, heldMilliseconds };
}

/** Before Redis 7 an error inside a script has the script's name in front of its code. */
const codeOf = (message: string): string =>
  Object.keys(meanings).find((code) => new RegExp(`(^|\\s-?)${code}\\b`).test(message)) ??
  /^[A-Z][A-Z0-9]*(?=\s|$)/.exec(message)?.[0] ??
  'an error';
