import { join } from 'node:path';
import type { DrillOptions } from '../../../drill/drill';
import { bundledShop } from '../../app/bundled';

/** The file of an app that was made for tests: `shop.cjs` and what breaks it on purpose. */
export const testApp = (name: string): string => join(__dirname, 'apps', name);

/** The shop for drills, with one place for what V8 compiles of it, whichever test comes first. */
export async function shop(): Promise<Required<Pick<DrillOptions, 'appFile' | 'codeCache'>>> {
  const appFile = await bundledShop();
  // V8 of another version would refuse it.
  return { appFile, codeCache: `${appFile}.${process.version}.cache` };
}
