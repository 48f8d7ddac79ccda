import path from 'node:path';

// Apart from what reads prices, which takes longer to load than a command's help may take.

/** The price file that a review reads where no other is given. */
export const defaultPriceFile = path.join(__dirname, 'retail-prices.json');

/** @see https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices */
export const retailPrices = 'https://prices.azure.com/api/retail/prices';
