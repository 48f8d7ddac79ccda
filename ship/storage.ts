import { type Az, azJson } from './az';
import type { Region } from './outputs';

/** Minutes that the address of the package opens it: the app reads it at once. */
const minutesOpen = 30;

const hashes = /^shop-([0-9a-f]{12})\.zip$/;

/** Name of a package in storage. */
export const blobName = (hash: string) => `shop-${hash}.zip`;

/** A region's package storage, reached with the sign-in of `az`: the account has no keys. */
export class PackageStorage {
  readonly account: string;
  readonly container: string;
  private readonly resourceGroup: string;
  private readonly subscription: string;

  constructor(
    private readonly az: Az,
    region: Region,
  ) {
    const [, , subscription = '', , group = '', , , , account = ''] = region.storage_account_id.split('/');
    this.account = account;
    this.container = region.container;
    this.resourceGroup = group;
    this.subscription = subscription;
  }

  /** Hashes of the packages that are kept, the newest first. */
  async kept(signal?: AbortSignal): Promise<string[]> {
    const answer = await azJson(
      this.az,
      ['storage', 'blob', 'list', '--container-name', this.container, '--prefix', 'shop-', ...this.withEntra()],
      signal,
    );
    return listed(answer)
      .flatMap(({ name, properties }) => {
        const [, hash] = hashes.exec(name) ?? [];
        return hash === undefined ? [] : [{ hash, at: Date.parse(properties?.lastModified ?? '') || 0 }];
      })
      .sort((one, other) => other.at - one.at)
      .map(({ hash }) => hash);
  }

  /** Puts a package into storage. A name stands for its content, so one that is there already stays. */
  async upload(hash: string, file: string, signal?: AbortSignal): Promise<void> {
    await this.az(
      [
        ...['storage', 'blob', 'upload', '--container-name', this.container, '--name', blobName(hash), '--file', file],
        ...['--content-type', 'application/zip', '--overwrite', 'true', '--no-progress', '--output', 'none'],
        ...this.withEntra(),
      ],
      signal,
    );
  }

  /**
   * An address at which anybody who has it can read a package for half an hour. It is signed with a key that Entra
   * gives to the signed-in user (a user delegation SAS), not with a key of the account.
   *
   * @see https://learn.microsoft.com/azure/storage/blobs/storage-blob-user-delegation-sas-create-cli
   */
  async address(hash: string, now: Date, signal?: AbortSignal): Promise<string> {
    const expiry = new Date(now.getTime() + minutesOpen * 60_000).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
    const answer = await this.az(
      [
        ...['storage', 'blob', 'generate-sas', '--container-name', this.container, '--name', blobName(hash)],
        ...['--permissions', 'r', '--expiry', expiry, '--https-only', '--as-user', '--full-uri', '--output', 'tsv'],
        ...this.withEntra(),
      ],
      signal,
    );
    return answer.trim();
  }

  /**
   * Opens the account to every network, or only to those that the settings name. Entra and the signature decide at all
   * times who may read.
   */
  async setFirewall(state: 'open' | 'closed', signal?: AbortSignal): Promise<void> {
    await this.az([...this.firewallWords(state)], signal);
  }

  /** The command that closes the firewall again, for a person to type. */
  get closing(): string {
    return `az ${this.firewallWords('closed').join(' ')}`;
  }

  private firewallWords(state: 'open' | 'closed'): string[] {
    return [
      ...['storage', 'account', 'update', '--name', this.account, '--resource-group', this.resourceGroup],
      ...['--default-action', state === 'open' ? 'Allow' : 'Deny', '--subscription', this.subscription],
      ...['--output', 'none'],
    ];
  }

  private withEntra(): string[] {
    return ['--account-name', this.account, '--auth-mode', 'login', '--subscription', this.subscription];
  }
}

interface Blob {
  readonly name: string;
  readonly properties?: { readonly lastModified?: string };
}

const listed = (answer: unknown): Blob[] =>
  Array.isArray(answer) ? answer.filter((one): one is Blob => typeof one?.name === 'string') : [];
