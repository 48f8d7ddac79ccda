import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { InputError } from '../inputError';
import { decoded } from '../textFile';
import { ProgramMissing, run } from './program';

const webApp =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/sites\/[^/]+(\/slots\/[^/]+)?$/i;
const storage =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]+$/i;

/** An app or a slot: its resource id, and the address at which its `/healthz` answers. */
const place = z.object({ app_id: z.string().regex(webApp), health_url: z.url({ protocol: /^https?$/ }) });

const region = place.extend({
  location: z.string().min(1),
  storage_account_id: z.string().regex(storage),
  container: z.string().min(1),
  slots: z.record(z.string(), place),
});

const target = z.object({
  regions: z.array(region).min(1),
  self_signed: z.boolean(),
  // A deployment of an earlier version does not report it, and had no private access.
  private_storage: z.boolean().optional(),
});

/** Where an app or a slot is deployed, and where it says how it does. */
export type Place = z.infer<typeof place>;
export type Region = z.infer<typeof region>;

/**
 * What Terraform's output `ship` says: the regions in the order in which they are shipped, whether the entry's certificate
 * is one that nobody trusts, and whether the package storage has no public network access.
 */
export type Target = z.infer<typeof target>;

export interface Source {
  /** The variant, for messages. */
  readonly label: string;
  /** Folder in which the variant was applied. */
  readonly folder: string;
  /** A file with what `terraform output -json` printed, instead of the folder. */
  readonly file?: string | undefined;
}

/**
 * Reads what is deployed from Terraform's outputs.
 *
 * @throws InputError, one sentence each, for a variant that is not applied, a folder without `terraform init`, Terraform that is
 *   not installed, a file that cannot be read, and a deployment whose code ship does not deliver
 */
export async function readTarget(source: Source, signal?: AbortSignal): Promise<Target> {
  const from = source.file ?? source.folder;
  const text = source.file === undefined ? await terraformOutput(source, signal) : readText(source.file);
  let outputs: unknown;
  try {
    outputs = JSON.parse(text);
  } catch {
    throw new InputError(
      `${from} holds no outputs of Terraform: it is not JSON. Write it with \`terraform output -json\`.`,
    );
  }
  if (typeof outputs !== 'object' || outputs === null || Array.isArray(outputs) || Object.keys(outputs).length === 0)
    throw notApplied(source, 'its state has no outputs');
  const { ship } = outputs as { ship?: { value?: unknown } };
  if (ship === undefined)
    throw new InputError(
      `${source.label} was applied without package: 'onedeploy', so its code does not arrive by this command. Set it in settings.ts, synthesize and apply; with 'blob' Terraform itself brings the code.`,
    );
  const parsed = target.safeParse(ship.value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'value';
  throw new InputError(
    `The output \`ship\` of ${source.label} cannot be used, at ${where}: ${parsed.error.issues[0]?.message}. Synthesize and apply again.`,
  );
}

async function terraformOutput(source: Source, signal?: AbortSignal): Promise<string> {
  const { folder } = source;
  if (!fs.existsSync(path.join(folder, 'cdk.tf.json'))) throw notApplied(source, `there is no ${folder}`);
  const ended = await run('terraform', ['output', '-json', '-no-color'], {
    cwd: folder,
    env: { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (error instanceof ProgramMissing)
      throw new InputError(
        '`terraform` is not on the PATH, and it knows what is deployed. Install it, or give --outputs FILE with what `terraform output -json` printed elsewhere.',
      );
    throw error;
  });
  signal?.throwIfAborted();
  if (ended.code === 0) return ended.stdout;
  const said = ended.stderr.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ').trim();
  if (/terraform init/i.test(said)) throw notApplied(source, `${folder} was not initialized`);
  throw new InputError(
    `terraform output failed in ${folder}: ${said.slice(0, 400) || 'it said nothing'} Fix that, or give --outputs FILE.`,
  );
}

const notApplied = ({ label, folder, file }: Source, why: string) =>
  new InputError(
    file === undefined
      ? `${label} is not applied from here: ${why}. Run \`npm run synth ${label}\`, then \`terraform init\` and \`terraform apply\` in ${folder}, or give --outputs FILE.`
      : `${label} is not applied: ${file} holds no outputs. Write it with \`terraform output -json\` after the apply.`,
  );

function readText(file: string): string {
  try {
    return decoded(fs.readFileSync(file));
  } catch (error) {
    throw new InputError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Give a file with what \`terraform output -json\` printed.`,
    );
  }
}
