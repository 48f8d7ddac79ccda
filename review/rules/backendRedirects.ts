import { isUnknown } from '../../architecture/known';
import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, cannotTell, compliant, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const backendRedirects: Rule = {
  id: 'backend-redirects',
  title: 'Connect the gateway to an app that serves HTTPS only over HTTPS',
  severity: 'error',
  pillar: 'reliability',
  why: 'App Service answers every plain request to such an app with a redirect: clients loop, or leave the gateway for azurewebsites.net.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  check: (deployment) => {
    const answers = eachService(deployment, (service) =>
      layersInFront(service).gateways.flatMap(({ address, apps, backendSettings }): Answer[] => {
        if (isUnknown(backendSettings)) return [cannotTell(address, backendSettings)];
        const secure = deployment.regions
          .filter(({ app }) => apps.includes(app.address))
          .map(({ app }) => app.httpsOnly);
        return backendSettings.map((settings) =>
          whenKnown(settings.address, [settings.protocol], (protocol) =>
            protocol.toLowerCase() === 'https'
              ? compliant(settings.address)
              : whenKnown(settings.address, secure, () =>
                  secure.includes(true)
                    ? finding(
                        settings.address,
                        'The gateway connects over plain HTTP to an app that serves HTTPS only: every request is answered with a redirect.',
                        'Set `protocol = "Https"` and `port = 443`.',
                      )
                    : compliant(settings.address),
                ),
          ),
        );
      }),
    );
    return answers.length > 0 ? answers : [notApplicable('there is no Application Gateway')];
  },
};
