import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApp } from '../../app/bundle';

/** The bundled shop, made once per test file; call it at the top of a file or a `describe`. */
export function bundledShop(): () => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steadystate-test-'));
    await bundleApp(join(folder, 'app.cjs'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => join(folder, 'app.cjs');
}
