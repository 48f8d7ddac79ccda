import { z } from 'zod';
import { InputError } from '../inputError';
import { readJsonFile } from './jsonFile';
import type { Loss, Losses, Part } from './losses';
import type { ReviewResult } from './review';

const run = z
  .looseObject({
    variant: z.string(),
    fault: z.string(),
    notApplicable: z.string().optional(),
    notAssessed: z.string().optional(),
    shoppers: z.number().nullish(),
    cartsLost: z.number().nullish(),
    cartsResurrected: z.number().nullish(),
    writesLost: z.number().nullish(),
    requests: z.number().nullish(),
    requestsFailed: z.number().nullish(),
    met: z.boolean().nullish(),
  })
  .refine(
    ({ notApplicable, notAssessed, shoppers, cartsLost }) =>
      (notApplicable ?? notAssessed) !== undefined || (typeof shoppers === 'number' && typeof cartsLost === 'number'),
    'has neither figures (shoppers, cartsLost) nor a reason (notApplicable, notAssessed)',
  );
const result = z.looseObject({ seed: z.number().optional(), timeScale: z.number().optional(), runs: z.array(run) });

export type DrillResult = z.infer<typeof result>;

/** @throws InputError when the file is not what `drill --json` printed */
export function readDrill(file: string): DrillResult {
  return readJsonFile(file, result, {
    unreadable: 'cannot be read',
    instead: 'Give what npm run drill -- --json printed.',
    other: (where, why) => ` is not a result of drill --json: ${where} ${why}.`,
  });
}

/** The fault that shows what the loss of a part costs. */
const faultOf: Readonly<Record<Part, string>> = {
  instance: 'instance-crash',
  zone: 'zone-loss',
  region: 'region-loss',
};

/**
 * The result with what a drill counted beside what the facts say.
 *
 * @param file as it was given, for the message
 * @throws InputError when the drill is of other variants only
 */
export function withDrill(reviewed: ReviewResult, drill: DrillResult, file: string): ReviewResult {
  const drilled = new Set(drill.runs.map(({ variant }) => variant));
  if (reviewed.variants.length > 0 && !reviewed.variants.some(({ name }) => drilled.has(name)))
    throw new InputError(
      `${file} has no run of ${listed(reviewed.variants.map(({ name }) => name))}; it is a drill of ${listed([...drilled])}. Drill the variants that you review, or leave out --drill.`,
    );
  const counted = (name: string, part: Part, loss: Loss): Loss => {
    const found = drill.runs.find(({ variant, fault }) => variant === name && fault === faultOf[part]);
    if (typeof found?.cartsLost !== 'number' || typeof found.shoppers !== 'number' || found.shoppers <= 0) return loss;
    const { cartsLost, shoppers, writesLost, cartsResurrected, met } = found;
    return {
      ...loss,
      measured: {
        ...{ cartsLost, shoppers, met: met !== false },
        ...{ writesLost: writesLost ?? 0, cartsResurrected: cartsResurrected ?? 0 },
      },
    };
  };
  return {
    ...reviewed,
    variants: reviewed.variants.map((variant) => ({
      ...variant,
      losses: {
        instance: counted(variant.name, 'instance', variant.losses.instance),
        zone: counted(variant.name, 'zone', variant.losses.zone),
        region: counted(variant.name, 'region', variant.losses.region),
      } satisfies Losses,
    })),
  };
}

const listed = (names: readonly string[]) =>
  names.length === 0
    ? 'nothing'
    : `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
