import { existsSync } from 'node:fs';
import { bundledShop } from './bundled';

test('those who ask at once wait for one bundle', async () => {
  const asked = bundledShop();
  expect(bundledShop()).toBe(asked);
  expect(existsSync(await asked)).toBe(true);
});
