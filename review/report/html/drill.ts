import { z } from 'zod';
import { html, type Markup, tableOf } from '../../../report/html';
import { readJsonFile } from '../../jsonFile';

const run = z
  .looseObject({
    variant: z.string(),
    fault: z.string(),
    notApplicable: z.string().optional(),
    notAssessed: z.string().optional(),
    shoppers: z.number().nullish(),
    cartsLost: z.number().nullish(),
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
    other: (where, why) => ` is no result of drill --json: ${where} ${why}.`,
  });
}

/** What the drill counted: a row per variant, a column per fault. */
export function drillSection({ runs, seed }: DrillResult): Markup {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const faults = [...new Set(runs.map(({ fault }) => fault))];
  const cell = (variant: string, fault: string): Markup => {
    const one = runs.find((candidate) => candidate.variant === variant && candidate.fault === fault);
    if (!one) return html`not run`;
    if (one.notApplicable !== undefined)
      return html`<span class="change" title="${one.notApplicable}">not applicable</span>`;
    if (one.notAssessed !== undefined)
      return html`<span class="tag unsure">not assessed</span><div class="change">${one.notAssessed}</div>`;
    const lost = one.cartsLost ?? 0;
    const kind = one.met === false ? 'missed' : lost > 0 ? 'cookie' : 'met';
    return html`<span class="tag ${kind}">${lost} of ${one.shoppers ?? '?'}</span>${
      one.met === false ? html` <span class="change">otherwise than predicted</span>` : null
    }<div class="change">${one.requestsFailed ?? 0} of ${one.requests ?? '?'} requests failed, ${one.writesLost ?? 0} writes lost</div>`;
  };
  return html`<section id="drill"><h2>What the drill lost</h2><p>Carts lost of all shoppers, counted one by one in a rehearsal on one machine${seed === undefined ? '' : `, seed ${seed}`}.</p>${tableOf(
    'Carts lost by variant and fault',
    ['variant', ...faults],
    variants.map((variant) => [variant, ...faults.map((fault) => cell(variant, fault))]),
    'comparison',
  )}</section>`;
}
