// Preloaded before the same code: what it asks of cdktf, it gets of cdktn, from the folder that CDKTN_FOLDER names.
const Module = require('node:module');

const names = { cdktf: 'cdktn', '@cdktf/provider-azurerm': '@cdktn/provider-azurerm', constructs: 'constructs' };
const paths = [process.env.CDKTN_FOLDER];
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, parent, isMain, options) {
  const [, name = '', inner = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(request) ?? [];
  return Object.hasOwn(names, name)
    ? resolve.call(this, names[name] + inner, parent, isMain, { paths })
    : resolve.call(this, request, parent, isMain, options);
};
