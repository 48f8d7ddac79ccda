import type { ReplacementVerdict } from './replacement';

export interface AttributeChange {
  /** Path inside the resource, as in `site_config.health_check_path`. */
  readonly attribute: string;
  /** As JSON, or the word hidden for a credential; undefined: not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ResourceChange {
  readonly address: string;
  readonly attributes: readonly AttributeChange[];
  readonly replacement: ReplacementVerdict;
}
