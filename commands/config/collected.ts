import { Option } from 'commander';
import { refuse } from '../../inputError';

/** What an option that is given several times, as `name=value`, has been given by name. */
export interface Collected<Value extends string = string> {
  /** On the command line. */
  readonly given: Readonly<Record<string, Value>>;
  /** In the config file. */
  readonly inFile: Readonly<Record<string, Value>>;
}

interface Kind {
  /** Its key in a config file, where it is an object. */
  readonly key: string;
  /** @throws InputError for a pair that cannot be */
  readonly check: (name: string, value: string) => void;
  /** Whether values are paths; in a config file they are relative to its folder. */
  readonly isPath?: boolean;
}

/** An option that is given several times, as `name=value`. */
export class CollectedOption extends Option {
  constructor(
    flags: string,
    description: string,
    readonly kind: Kind,
  ) {
    super(flags, `${description}; can be repeated`);
    this.argParser((text: string, before?: Collected) => {
      const equals = text.indexOf('=');
      const [name, value] = [text.slice(0, equals), text.slice(equals + 1)];
      if (equals < 1 || value === '')
        throw refuse(this.long ?? flags, 'name=value', text, `Write it as in ${this.flags}.`);
      kind.check(name, value);
      return { inFile: {}, ...before, given: { ...before?.given, [name]: value } } satisfies Collected;
    });
  }
}

/** Both together; what is given on the command line wins. */
export const merged = <Value extends string>(collected: Collected<Value> | undefined): Record<string, Value> => ({
  ...collected?.inFile,
  ...collected?.given,
});
