import { isUnknown } from '../../architecture/known';
import { leastInstances } from '../regions';
import { type Answer, cannotTell, compliant, eachOr, finding, notApplicable, type Rule } from './rule';

export const dataProtectionKeys: Rule = {
  id: 'data-protection-keys',
  title: 'Keep the data protection keys of ASP.NET Core where all instances read them',
  severity: 'warning',
  pillar: 'reliability',
  why: 'In a container without shared storage each instance makes its own keys: sign-in and forms fail at random on the next one.',
  source: 'https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/overview',
  check: ({ regions }) =>
    eachOr(regions, 'there is no app', ({ app: { address, stack, plan } }): Answer => {
      const { aspNet, container, sharedFiles, keysElsewhere } = stack;
      if (aspNet === null) return notApplicable(`nothing says that ${address} is an ASP.NET Core app`);
      if (isUnknown(aspNet)) return notApplicable(`whether ${address} is an ASP.NET Core app is unknown`);
      if (keysElsewhere) return compliant(address);
      const open = [container, sharedFiles].find(isUnknown);
      if (open) return cannotTell(address, open);
      if (!container || sharedFiles) return compliant(address);
      const least = leastInstances(plan);
      const most = plan.autoscale?.maximum ?? least;
      if (isUnknown(most)) return cannotTell(address, most);
      if (most < 2) return notApplicable(`${address} runs on one instance`);
      return finding(
        address,
        `Up to ${most} instances of a container share no storage: unless the app keeps its data protection keys elsewhere, each makes its own.`,
        'Persist the keys to Blob Storage and protect them with Key Vault (`PersistKeysToAzureBlobStorage`), or mount shared storage.',
      );
    }),
};
