import type { PlanEvidence, PlannedChange } from './document';
import type { JsonObject } from './json';
import { listAt, objectAt } from './planConfiguration';

/** What a plan is going to do with one resource: an entry of `resource_changes`. */
export function plannedChange({ change, previous_address, action_reason }: JsonObject): PlannedChange {
  const { actions, replace_paths, importing } = objectAt(change);
  const texts = Array.isArray(actions) ? actions.filter((item) => typeof item === 'string') : [];
  const paths = Array.isArray(replace_paths) ? replace_paths.filter(Array.isArray) : [];
  return {
    actions: texts,
    replacePaths: paths.map((path: unknown[]) => path.map(String).join('.')),
    previousAddress: typeof previous_address === 'string' ? previous_address : null,
    reason: typeof action_reason === 'string' ? action_reason : null,
    imported: typeof importing === 'object' && importing !== null,
  };
}

/** What a plan says beside the resources themselves. */
export function evidenceOf(json: JsonObject): PlanEvidence {
  return {
    drifted: listAt(json, 'resource_drift').flatMap((item) => {
      const { address, change } = objectAt(item);
      const actions = listAt(objectAt(change), 'actions').filter((one) => typeof one === 'string');
      return typeof address === 'string' ? [{ address, actions }] : [];
    }),
    deferred: listAt(json, 'deferred_changes').flatMap((item) => {
      const { reason, resource_change } = objectAt(item);
      const { address } = objectAt(resource_change);
      return typeof address === 'string' ? [{ address, reason: typeof reason === 'string' ? reason : 'unknown' }] : [];
    }),
    failedChecks: listAt(json, 'checks').flatMap((item) => {
      const one = objectAt(item);
      const name = objectAt(one, 'address').to_display;
      const failed = one.status === 'fail' || one.status === 'error';
      const instances = listAt(one, 'instances').map((instance) => listAt(objectAt(instance), 'problems'));
      const problems = instances.flat().flatMap((problem) => {
        const { message } = objectAt(problem);
        return typeof message === 'string' ? [message] : [];
      });
      return failed && typeof name === 'string' ? [{ address: name, problems }] : [];
    }),
  };
}
