/** What a rule allows, or the final deny rule. Addresses are CIDR, a service tag, or `*`. */
export interface SecurityRule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  /**
   * 200 to 4000, its own in its group and direction, and a contract like an address. Terraform writes rules in any order, and
   * Azure refuses a rule at the priority of another (SecurityRuleConflict), so a priority is never handed on: a rule keeps
   * its number whichever others are there, and the number of a rule that is gone stays unused. In hundreds, which leaves
   * room for the rules that a team adds. 100 to 199 stay free: rules were once numbered there by position.
   */
  readonly priority: number;
  readonly from: string;
  /** Several: addresses only. */
  readonly to: string | readonly string[];
  /** `443`, `65200-65535` or `*`. */
  readonly ports: readonly string[];
  readonly access?: 'Deny';
  readonly protocol?: 'Tcp' | '*';
}

/** The last rule of a direction, at Azure's last priority: what no rule before it named does not pass, not even inside the network. */
export const denyAll = (direction: SecurityRule['direction']): SecurityRule => ({
  name: `deny-all-${direction.toLowerCase()}`,
  direction,
  priority: 4096,
  from: '*',
  to: '*',
  ports: ['*'],
  access: 'Deny',
  protocol: '*',
});
