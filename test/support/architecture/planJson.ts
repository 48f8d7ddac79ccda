/** The JSON of a plan as `terraform show -json` prints it, for tests: shapes taken from Terraform 1.11 and later. */

interface Planned {
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values?: object;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly expressions?: Readonly<Record<string, unknown>>;
  /** What it refers to, or the expression as a plan has it. */
  readonly forEach?: readonly string[] | { readonly constant_value?: unknown };
  readonly actions?: readonly string[];
  readonly replacePaths?: readonly (readonly unknown[])[];
}

export interface PlannedModule {
  readonly resources?: readonly Planned[];
  /** By name, with the keys of its instances; none: one instance. */
  readonly modules?: Readonly<
    Record<
      string,
      {
        readonly keys?: readonly string[];
        readonly expressions?: object;
        readonly outputs?: object;
        readonly module: PlannedModule;
      }
    >
  >;
}

/** `{ references }` as Terraform lists them for one mention. */
export const refers = (...references: string[]) => ({ references });

export const planJson = (root: PlannedModule) => ({
  format_version: '1.2',
  terraform_version: '1.14.0',
  planned_values: { root_module: values(root, '') },
  resource_changes: changes(root, ''),
  configuration: { root_module: configuration(root) },
});

const address = (path: string, { type, name, index }: Planned) =>
  `${path}${type}.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`;

const instances = (modules: PlannedModule['modules'], path: string) =>
  Object.entries(modules ?? {}).flatMap(([name, { keys, module }]) =>
    (keys ?? [null]).map((key) => ({ path: `${path}module.${name}${key === null ? '' : `["${key}"]`}`, module })),
  );

function values({ resources = [], modules }: PlannedModule, path: string): object {
  return {
    resources: resources.map((one) => ({
      address: address(path, one),
      mode: 'managed',
      type: one.type,
      name: one.name,
      values: one.values ?? {},
      sensitive_values: one.sensitive ?? {},
    })),
    child_modules: instances(modules, path).map((one) => ({
      address: one.path,
      ...values(one.module, `${one.path}.`),
    })),
  };
}

const changes = ({ resources = [], modules }: PlannedModule, path: string): object[] => [
  ...resources.map((one) => ({
    address: address(path, one),
    change: {
      actions: one.actions ?? ['create'],
      after_unknown: one.unknown ?? {},
      ...(one.replacePaths ? { replace_paths: one.replacePaths } : {}),
    },
  })),
  ...instances(modules, path).flatMap((one) => changes(one.module, `${one.path}.`)),
];

function configuration({ resources = [], modules }: PlannedModule): object {
  const once = new Map(resources.map((one) => [`${one.type}.${one.name}`, one]));
  return {
    resources: [...once.values()].map(({ type, name, expressions = {}, forEach }) => ({
      mode: 'managed',
      type,
      name,
      expressions,
      ...(forEach ? { for_each_expression: Array.isArray(forEach) ? refers(...forEach) : forEach } : {}),
    })),
    module_calls: Object.fromEntries(
      Object.entries(modules ?? {}).map(([name, { expressions = {}, outputs = {}, module }]) => [
        name,
        { expressions, module: { ...configuration(module), outputs } },
      ]),
    ),
  };
}
