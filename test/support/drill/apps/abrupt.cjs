// A shop that ends the moment it is asked to: Node does so where nothing handles SIGTERM.
require('./shop.cjs').openShop({});
