import { settings as base } from '../settings';
import type { Settings } from '../stacks/settings';

/** `--environment dev`: what differs from `settings.ts`. A file here is an environment, and says its own name. */
export const settings: Settings = {
  ...base,
  environment: 'dev',
  size: 'trial',
  planSku: 'P0v3',
  maximumInstances: 4,
  survivingRegionCarriesPercent: 50,
  tags: { ...base.tags, environment: 'dev' },
};
