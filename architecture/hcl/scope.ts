import type { FolderFiles } from './folderFunctions';
import type { Value, ValueMap } from './values';

/** What names mean in one module instance. */
export interface Scope {
  /** How addresses of its resources begin, as in `module.web["weu"].`; empty: the root. */
  readonly prefix: string;
  /** A variable; undefined: it has no value, or one that must not be read. */
  readonly variable: (name: string) => Value | undefined;
  readonly local: (name: string) => Value | undefined;
  /** Outputs of a module that it calls, or those of its instances as a list or by key; undefined: the module is not read. */
  readonly module: (name: string) => Value | undefined;
  /** Instances of a resource, as a list or by key; undefined: it is one resource, or a plan is needed to know how many. */
  readonly instances: (address: string) => Value | undefined;
  /** Where functions such as `file` look; null: no folder is at hand. */
  readonly files: FolderFiles | null;
  /** Names that a block or a `for` gives, such as `each` and `count`. */
  readonly names: ValueMap;
}
