/** Where a pipeline shows a finding. */
export interface Place {
  /** Relative to the root of the repository, with `/`, as in `infra/main.tf`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** Where a resource of a deployment is declared, as well as it is known; both by the names that a review has of them. */
export type Places = (deployment: string, resource: string) => Place;

/** Where only the name of a deployment is known, which is the path that was given. */
export const unplaced: Places = (deployment) => ({ path: deployment, line: 1 });
