/** What a rule of your own, and its test, are written with: `import … from 'steadystate/rules'`. See docs/own-rules.md. */

export type { Deployment, Region, Resource, ServicePlan, WebApp } from '../../architecture/deployment';
export { isUnknown, type Known, type Unknown } from '../../architecture/known';
export { readArchitecture } from '../../architecture/read';
export { InputError } from '../../inputError';
export {
  type Answer,
  cannotTell,
  compliant,
  eachOr,
  eachPlan,
  eachService,
  finding,
  notApplicable,
  type Pillar,
  type Rule,
  type Severity,
  whenKnown,
} from './rule';
