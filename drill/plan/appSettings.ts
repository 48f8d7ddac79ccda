/**
 * App settings as the Terraform states them, for the app that the drill starts, so that a wrong one is rehearsed, too.
 * A setting that refers to Azure (a reference, a secret, an address) or depends on the machine cannot be used. The
 * drill sets its own value instead, or none, and its report names these settings.
 */

import type { Deployment, WebApp } from '../../architecture/deployment';

export interface AppSettings {
  /** Literal settings that are passed to the app, by name. */
  readonly stated: Readonly<Record<string, string>>;
  /** Names of those that the drill sets itself or leaves out, sorted. */
  readonly own: readonly string[];
}

/**
 * Settings that even as literals do not reach the app. They are credentials, or addresses outside this machine; or the
 * platform sets them for each instance; or they change what Node.js and the shell do with the process, which a file that is
 * only read must not be able to.
 */
const neverTaken: readonly RegExp[] = [
  /^(SESSION_SECRET|REDIS_|APPLICATIONINSIGHTS_|APPINSIGHTS_)/,
  /^(PORT|LISTEN_HOST|REQUEST_LOG|REGION_NAME|INSTANCE_ZONE|PACKAGE_HASH)$/,
  /^WEBSITE_(INSTANCE_ID|SITE_NAME|HOSTNAME|RUN_FROM_PACKAGE)/,
  /^(PATH|NODE_(?!ENV$).*|LD_.*|DYLD_.*|BASH_ENV|ENV|OPENSSL_CONF|SSL_CERT_.*|.*_PROXY)$/i,
];

/** What a process environment can hold. */
const canBeNamed = (name: string): boolean => /^[A-Za-z_][\w.:-]*$/.test(name);

export function appSettingsOf({ resources }: Deployment, app: WebApp): AppSettings {
  const settings = resources.find(({ address }) => address === app.address)?.attributes.app_settings;
  const entries = typeof settings === 'object' && settings !== null ? Object.entries(settings) : [];
  const named = entries.filter(([, value]) => value !== null && value !== undefined);
  const stated = named.flatMap(([name, value]) => {
    const text = literal(value);
    return text === null || !canBeNamed(name) || neverTaken.some((pattern) => pattern.test(name))
      ? []
      : [[name, text] as const];
  });
  const taken = new Set(stated.map(([name]) => name));
  return {
    stated: Object.fromEntries(stated),
    own: named.flatMap(([name]) => (taken.has(name) ? [] : [name])).sort(),
  };
}

/** The value as the app gets it, or null for a reference to something else. */
function literal(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.includes('\0')) return null;
  return /[$%]\{|^\s*@Microsoft\./.test(value) ? null : value;
}
