import type { Deployment } from '../../architecture/deployment';
import type { RemarkAt } from '../../architecture/terraform/document';
import { InputError } from '../../inputError';
import { rules, whyNoRule } from '../rules';
import type { Rule } from '../rules/rule';
import { matches, type Suppression } from '../suppression';

/** How other scanners write it, with the reason that this one asks for. */
const form = 'steadystate:ignore:RULE[:exp:2027-03-31] reason';

/**
 * The suppressions that comments at resources ask for. Each holds for the resource and what is in it, and accepts a finding
 * of the rule as well as that it cannot tell.
 *
 * @param known rules that a comment may name
 * @throws InputError for a comment that names no rule, or gives no reason
 */
export function remarkSuppressions(
  { name, remarks, resources }: Deployment,
  known: readonly Rule[] = rules,
): Suppression[] {
  const read = remarks.map((remark) => suppressionOf(remark, name, known));
  // One comment in a module is one suppression, however many instances the module has.
  const distinct = new Map(read.map((one) => [JSON.stringify(one), one]));
  // A block that makes no resource has nothing to suppress.
  return [...distinct.values()].filter((one) =>
    resources.some(({ address }) => matches(one.resource, address, one.within)),
  );
}

function suppressionOf({ address, text, where }: RemarkAt, variant: string, known: readonly Rule[]): Suppression {
  if (address === '')
    throw new InputError(
      `${where}: the comment is at no resource or module. Write it in the block, or in the line above.`,
    );
  const found = /^ignore:([\w-]+)(?::exp:(\S+))?(?:\s+(.*))?$/s.exec(text.trim());
  const [, rule = '', expires, reason = ''] = found ?? [];
  if (!found) throw new InputError(`${where}: the comment is steadystate:${text}. Write ${form}.`);
  const missing = whyNoRule(rule, known);
  if (missing) throw new InputError(`${where}: ${missing}`);
  if (expires !== undefined && !isDay(expires))
    throw new InputError(`${where}: ${expires} is not a day. Write it as in exp:2027-03-31.`);
  if (reason.trim().length < 10)
    throw new InputError(
      `${where}: say why ${rule} is ignored, in at least 10 characters, got: ${JSON.stringify(reason.trim())}. Write ${form}.`,
    );
  return {
    rule,
    variant,
    resource: address.replace(/\[[^\]]*\]/g, '*'),
    within: true,
    reason: reason.trim(),
    unknown: true,
    ...(expires === undefined ? {} : { expires }),
  };
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
