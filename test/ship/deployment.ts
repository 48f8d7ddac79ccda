import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { root } from '../support/commands/command';

/** What the stand-in for `az` is to do wrong; by account or by app where it is a record. */
export interface Plan {
  readonly signedOut?: boolean;
  readonly otherAccount?: boolean;
  readonly listFails?: string;
  readonly uploadFails?: Record<string, string>;
  readonly pullFails?: Record<string, string>;
  readonly deploymentFails?: Record<string, string>;
  readonly neverStarts?: Record<string, boolean>;
  readonly closedStorage?: boolean;
  readonly closeFails?: string;
  readonly hangs?: string;
}

interface Call {
  readonly words: readonly string[];
  readonly body?: { readonly properties: Record<string, unknown> };
}

const subscription = '11111111-2222-3333-4444-555555555555';
const group = (location: string) => `/subscriptions/${subscription}/resourceGroups/rg-${location}/providers`;

export const accountOf = (location: string) => `st${location}`;
export const appOf = (location: string, slot?: string) =>
  `app-${location}${slot === undefined ? '' : `/slots/${slot}`}`;

/**
 * Azure, played by a program named `az` that is first on the PATH, and apps, played by a local server that answers `/healthz`.
 * Everything else is real: the command, its processes, the package.
 */
export class Deployment {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-ship-test-'));
  readonly outputs = path.join(this.folder, 'outputs.json');
  /** Answers of an entry that leads to one region only; null: each region is asked at its own address. */
  private readonly server = http.createServer((request, response) => this.answer(request.url ?? '', response));
  private children: ChildProcess[] = [];

  async open(
    locations: readonly string[],
    {
      entryOf,
      slots = true,
      privateStorage = false,
    }: { entryOf?: string; slots?: boolean; privateStorage?: boolean } = {},
  ) {
    const bin = path.join(this.folder, 'bin');
    fs.mkdirSync(bin);
    const script = path.join(__dirname, 'fakeAz.cjs');
    fs.writeFileSync(path.join(bin, 'az'), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, { mode: 0o755 });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const at = (name: string) => `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}/healthz`;
    const regions = locations.map((location) => ({
      location,
      app_id: `${group(location)}/Microsoft.Web/sites/${appOf(location)}`,
      health_url: at(appOf(entryOf ?? location)),
      storage_account_id: `${group(location)}/Microsoft.Storage/storageAccounts/${accountOf(location)}`,
      container: 'packages',
      slots: slots
        ? {
            staging: {
              app_id: `${group(location)}/Microsoft.Web/sites/${appOf(location, 'staging')}`,
              health_url: at(appOf(location, 'staging')),
            },
          }
        : {},
    }));
    this.write('outputs.json', {
      url: { value: 'https://shop.example.com' },
      ship: { value: { regions, self_signed: false, private_storage: privateStorage } },
    });
    return this;
  }

  /** Sets what goes wrong. */
  plan(plan: Plan): void {
    this.write('plan.json', plan);
  }

  /** A package that runs in a region and is kept in its storage. */
  running(location: string, hash: string, slot?: string): void {
    this.write('state.json', { ...this.read('state.json', {}), [appOf(location, slot)]: hash });
    this.keep(location, hash);
  }

  keep(location: string, hash: string, lastModified = '2026-11-28T03:00:00+00:00'): void {
    const blobs = this.read<Record<string, object[]>>('blobs.json', {});
    const name = `shop-${hash}.zip`;
    blobs[accountOf(location)] = [...(blobs[accountOf(location)] ?? []), { name, lastModified }];
    this.write('blobs.json', blobs);
  }

  /** Package that an app runs now. */
  runs(location: string, slot?: string): string | undefined {
    return this.read<Record<string, string>>('state.json', {})[appOf(location, slot)];
  }

  firewall(location: string): string | undefined {
    return this.read<Record<string, string>>('firewall.json', {})[accountOf(location)];
  }

  get calls(): Call[] {
    const file = path.join(this.folder, 'calls.jsonl');
    if (!fs.existsSync(file)) return [];
    return fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Call);
  }

  /** The calls that ask for a deployment, by app, in their order. */
  get pulls(): string[] {
    return this.calls.flatMap(({ words, body }) =>
      body ? [/\/sites\/(.*)\/extensions\/onedeploy\?/.exec(words.join(' '))?.[1] ?? 'elsewhere'] : [],
    );
  }

  get isPulling(): boolean {
    return fs.existsSync(path.join(this.folder, 'pulling'));
  }

  /** Runs `npm run ship` as a process, without npm. */
  start(words: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(
      process.execPath,
      ['-r', './commands/typescript.cjs', path.join(root, 'commands', 'ship.ts'), ...words],
      {
        cwd: root,
        env: {
          ...process.env,
          PATH: `${path.join(this.folder, 'bin')}${path.delimiter}${process.env.PATH}`,
          TMPDIR: this.folder,
          FAKE_AZURE: this.folder,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.children.push(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.once('close', (code) => resolve({ code, stdout, stderr })),
    );
    return { child, ended };
  }

  ship(words: readonly string[], env: Record<string, string> = {}) {
    return this.start([...words, '--outputs', this.outputs], env).ended;
  }

  /** Files that the command left in its temporary folder. */
  get leftovers(): string[] {
    return fs.readdirSync(this.folder).filter((name) => /^steadystate-(ship|package)-/.test(name));
  }

  close(): void {
    for (const child of this.children) child.kill('SIGKILL');
    this.server.close();
    this.server.closeAllConnections();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private answer(url: string, response: http.ServerResponse): void {
    const name = url.replace(/^\//, '').replace(/\/healthz$/, '');
    const hash = this.read<Record<string, string>>('state.json', {})[name];
    const location = /^app-(\w+)/.exec(name)?.[1] ?? '';
    const region = { swedencentral: 'Sweden Central', northeurope: 'North Europe' }[location] ?? location;
    response.writeHead(hash === undefined ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'ready', region, instance: 'one', package: hash ?? null }));
  }

  private write(name: string, value: unknown): void {
    fs.writeFileSync(path.join(this.folder, name), JSON.stringify(value));
  }

  private read<Value>(name: string, otherwise: Value): Value {
    const file = path.join(this.folder, name);
    return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Value) : otherwise;
  }
}
