import fs from 'node:fs';
import path from 'node:path';
import { type Az, azJson } from './az';

/** Version of App Service's management API. */
const apiVersion = '2024-11-01';

/** The state of a deployment as the deployment service counts it. @see https://github.com/projectkudu/kudu/wiki/REST-API */
const status = { failed: 3, succeeded: 4 } as const;

/** What the management plane reports of one deployment. */
export interface Deployment {
  readonly id: string;
  readonly outcome: 'running' | 'failed' | 'succeeded';
  readonly message: string;
}

/**
 * Asks the management plane to have an app or a slot fetch its package from an address, as `az webapp deploy --src-url` does.
 * Neither the deployment site nor basic authentication is needed.
 *
 * The address is a key for half an hour, so it goes by a file and not by the command line, which others on the machine may read.
 *
 * @param appId resource id of the app or the slot
 * @param scratch a folder that only this user may read
 * @throws AzureRefused when Azure does not take it
 * @see https://learn.microsoft.com/azure/app-service/deploy-zip#deploy-to-network-secured-apps
 * @see https://github.com/Azure/azure-cli/pull/26620
 */
export async function askToPull(
  run: Az,
  appId: string,
  address: string,
  scratch: string,
  signal?: AbortSignal,
): Promise<void> {
  const file = path.join(scratch, 'onedeploy.json');
  const properties = {
    packageUri: address,
    type: 'zip',
    // Files are copied only where time stamps differ, and every package of ours has the same fixed one.
    clean: true,
    restart: true,
  };
  fs.writeFileSync(file, JSON.stringify({ properties }), { mode: 0o600 });
  try {
    await run(
      [
        ...['rest', '--method', 'put', '--url', `${appId}/extensions/onedeploy?api-version=${apiVersion}`],
        ...['--body', `@${file}`, '--headers', 'Content-Type=application/json', '--output', 'none'],
      ],
      signal,
    );
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Deployments of an app or a slot, as far as the management plane reports them; none where it does not answer. */
export async function deployments(run: Az, appId: string, signal?: AbortSignal): Promise<Deployment[]> {
  let answer: unknown;
  try {
    answer = await azJson(
      run,
      ['rest', '--method', 'get', '--url', `${appId}/deployments?api-version=${apiVersion}`],
      signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as Error).name === 'AzureRefused') return [];
    throw error;
  }
  const { value } = (answer ?? {}) as { value?: unknown };
  if (!Array.isArray(value)) return [];
  return value.flatMap(
    (one: { id?: unknown; properties?: { status?: unknown; message?: unknown; details?: unknown } }) => {
      if (typeof one?.id !== 'string') return [];
      const { status: code, message, details } = one.properties ?? {};
      return [
        {
          id: one.id,
          outcome: code === status.failed ? 'failed' : code === status.succeeded ? 'succeeded' : 'running',
          message: [message, details].find((text): text is string => typeof text === 'string' && text !== '') ?? '',
        } as const,
      ];
    },
  );
}
