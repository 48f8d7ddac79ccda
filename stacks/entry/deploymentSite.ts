import { refuse } from '../../inputError';
import { arrivalOf } from '../app';
import type { Settings } from '../settings';

/**
 * Checks that `az webapp deploy` is not what brings the code, where the deployment site has no address.
 *
 * @param when as the message says it, after "with": `privateOrigins`
 * @throws InputError with `package: 'cli'`
 */
export function checkSiteIsOpen(settings: Pick<Settings, 'app' | 'package'>, when: string): void {
  if (arrivalOf(settings) === 'cli')
    throw refuse(
      'package',
      `'onedeploy' or 'blob' with ${when}`,
      settings.package,
      'The deployment site has no address that `az webapp deploy` could reach then: change one of them in settings.ts.',
    );
}
