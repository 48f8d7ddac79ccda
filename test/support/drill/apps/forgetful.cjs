// A shop that acknowledges every add, but keeps only three of four.
const { openShop } = require('./shop.cjs');

let adds = 0;
openShop({ keeps: () => ++adds % 4 !== 0 });
