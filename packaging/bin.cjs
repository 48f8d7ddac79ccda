#!/usr/bin/env node
require('./nodeVersion.cjs');
require('./command.js');
