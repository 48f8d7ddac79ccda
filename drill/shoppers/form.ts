/** A form as a browser holds it between loading its page and sending it. */

export interface OpenForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The form of the page that adds this product to the cart, or null. Enough of HTML for the shop's own pages. */
export function formThatAdds(page: unknown, productId: string): OpenForm | null {
  if (typeof page !== 'string') return null;
  for (const [form = ''] of page.matchAll(/<form\b[\s\S]*?<\/form>/gi)) {
    const fields = Object.fromEntries(
      [...form.matchAll(/<input\b[^>]*>/gi)].flatMap(([input]) => {
        const name = attribute(input, 'name');
        return name === null ? [] : [[name, attribute(input, 'value') ?? '']];
      }),
    );
    const action = attribute(/<form\b[^>]*>/i.exec(form)?.[0] ?? '', 'action');
    if (action !== null && fields.productId === productId) return { action, fields };
  }
  return null;
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1] ?? null;
