// A shop whose processes end by themselves a moment after their last add, those with an id in the lower half: a defect
// of the app, which no fault explains.
const { openShop } = require('./shop.cjs');

const dies = Number.parseInt(process.env.WEBSITE_INSTANCE_ID[0], 16) < 8;
let end;
openShop({
  onAdd: () => {
    clearTimeout(end);
    if (dies) end = setTimeout(() => process.exit(0), 700);
  },
});
