import type {
  CdnFrontdoorFirewallPolicyCustomRule,
  CdnFrontdoorFirewallPolicyManagedRuleExclusion,
} from '@cdktf/provider-azurerm/lib/cdn-frontdoor-firewall-policy';
import type {
  WebApplicationFirewallPolicyCustomRules,
  WebApplicationFirewallPolicyManagedRulesExclusion,
} from '@cdktf/provider-azurerm/lib/web-application-firewall-policy';
import type { Waf, WafCondition } from '../settings/wafSchema';
import { comparisons, rateLimitRule } from '../settings/wafWords';

const operatorOf = ({ match, operator }: WafCondition): string => operator ?? comparisons[match][0];

/** An address that no client has: whoever does not come from it is everyone. @see https://learn.microsoft.com/azure/web-application-firewall/ag/rate-limiting-configure */
const nobody = ['255.255.255.255/32'];

/** A gateway's name of what a condition looks at. */
const ofGateway: Readonly<Record<WafCondition['match'], string>> = {
  address: 'RemoteAddr',
  country: 'RemoteAddr',
  method: 'RequestMethod',
  path: 'RequestUri',
  query: 'QueryString',
  header: 'RequestHeaders',
  cookie: 'RequestCookies',
};

/**
 * Front Door's. The socket's address, because `RemoteAddr` believes what the client writes into `X-Forwarded-For`.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-configure-ip-restriction
 */
const ofFrontDoor: Readonly<Record<WafCondition['match'], string>> = {
  address: 'SocketAddr',
  country: 'SocketAddr',
  method: 'RequestMethod',
  path: 'RequestUri',
  query: 'QueryString',
  header: 'RequestHeader',
  cookie: 'Cookies',
};

/** Custom rules and rate limit in the words of Application Gateway. */
export function gatewayRules({ customRules = [], rateLimit }: Waf): WebApplicationFirewallPolicyCustomRules[] {
  return [
    ...customRules.map(({ name, priority, action, when }) => ({
      name,
      priority,
      action,
      ruleType: 'MatchRule',
      matchConditions: when.map((condition) => ({
        matchVariables: [
          {
            variableName: ofGateway[condition.match],
            ...(condition.name !== undefined && { selector: condition.name }),
          },
        ],
        operator: operatorOf(condition) === 'RegEx' ? 'Regex' : operatorOf(condition),
        negationCondition: condition.not ?? false,
        matchValues: [...condition.values],
      })),
    })),
    ...(rateLimit
      ? [
          {
            ...rateLimitRule,
            action: 'Block',
            ruleType: 'RateLimitRule',
            rateLimitDuration: 'OneMin',
            rateLimitThreshold: rateLimit.requestsPerMinute,
            groupRateLimitBy: 'ClientAddr',
            matchConditions: [
              {
                matchVariables: [{ variableName: 'RemoteAddr' }],
                operator: 'IPMatch',
                negationCondition: true,
                matchValues: nobody,
              },
            ],
          },
        ]
      : []),
  ];
}

/** Custom rules and rate limit in the words of Front Door, which counts by the socket's address. */
export function frontDoorRules({ customRules = [], rateLimit }: Waf): CdnFrontdoorFirewallPolicyCustomRule[] {
  return [
    ...customRules.map(({ name, priority, action, when }) => ({
      name,
      priority,
      action,
      type: 'MatchRule',
      matchCondition: when.map((condition) => ({
        matchVariable: ofFrontDoor[condition.match],
        ...(condition.name !== undefined && { selector: condition.name }),
        operator: operatorOf(condition),
        negationCondition: condition.not ?? false,
        matchValues: [...condition.values],
      })),
    })),
    ...(rateLimit
      ? [
          {
            ...rateLimitRule,
            action: 'Block',
            type: 'RateLimitRule',
            rateLimitDurationInMinutes: 1,
            rateLimitThreshold: rateLimit.requestsPerMinute,
            matchCondition: [
              { matchVariable: 'SocketAddr', operator: 'IPMatch', negationCondition: true, matchValues: nobody },
            ],
          },
        ]
      : []),
  ];
}

/** What a gateway's managed rules do not inspect. */
export const gatewayExclusions = ({ exclusions = [] }: Waf): WebApplicationFirewallPolicyManagedRulesExclusion[] =>
  exclusions.map(({ part, operator = 'Equals', selector }) => ({
    matchVariable: { header: 'RequestHeaderNames', cookie: 'RequestCookieNames', argument: 'RequestArgNames' }[part],
    selectorMatchOperator: operator,
    selector,
  }));

/** What Front Door's default rule set does not inspect. An argument has a name of its own in query, form and JSON. */
export const frontDoorExclusions = ({ exclusions = [] }: Waf): CdnFrontdoorFirewallPolicyManagedRuleExclusion[] =>
  exclusions.flatMap(({ part, operator = 'Equals', selector }) =>
    excludedAtFrontDoor[part].map((matchVariable) => ({ matchVariable, operator, selector })),
  );

const excludedAtFrontDoor = {
  header: ['RequestHeaderNames'],
  cookie: ['RequestCookieNames'],
  argument: ['QueryStringArgNames', 'RequestBodyPostArgNames', 'RequestBodyJsonArgNames'],
} as const;
