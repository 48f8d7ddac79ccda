import { formThatAdds } from '../../../drill/shoppers/form';

const page = `<form method="post" action="/affinity/drop"><input type="hidden" name="token" value="x"></form>
<form class="add" method="post" action="/cart/items">
<input type="hidden" name="token" value="t-1"><input type="hidden" name="productId" value="tea">
<input id="q" name="quantity" type="number" value="1" required></form>
<form method="post" action="/cart/items"><input type="hidden" name="productId" value="cup"></form>`;

test('finds the form that adds a product, with its hidden fields and where it goes', () => {
  expect(formThatAdds(page, 'tea')).toEqual({
    ...{ action: '/cart/items', fields: { token: 't-1', productId: 'tea', quantity: '1' } },
  });
});

test.each([
  [page, 'hat'],
  ['', 'tea'],
  [undefined, 'tea'],
])('no such form: null', (given, productId) => {
  expect(formThatAdds(given, productId)).toBeNull();
});
