// An app that cannot start.
console.error('no luck today');
process.exit(3);
