/** A form as a browser holds it between loading its page and sending it. */

export interface OpenForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The form of the page that adds this product to the cart, or null. */
export const formThatAdds = (page: unknown, productId: string): OpenForm | null =>
  formsOf(page).find(({ fields }) => fields.productId === productId) ?? null;

/** The form of the page that is sent to this path, or null. */
export const formAt = (page: unknown, path: string): OpenForm | null =>
  formsOf(page).find(({ action }) => action === path) ?? null;

/** Enough of HTML for the shop's own pages. */
function formsOf(page: unknown): readonly OpenForm[] {
  if (typeof page !== 'string') return [];
  return [...page.matchAll(/<form\b[\s\S]*?<\/form>/gi)].flatMap(([form = '']) => {
    const fields = Object.fromEntries(
      [...form.matchAll(/<input\b[^>]*>/gi)].flatMap(([input]) => {
        const name = attribute(input, 'name');
        return name === null ? [] : [[name, attribute(input, 'value') ?? '']];
      }),
    );
    const action = attribute(/<form\b[^>]*>/i.exec(form)?.[0] ?? '', 'action');
    return action === null ? [] : [{ action, fields }];
  });
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1] ?? null;
