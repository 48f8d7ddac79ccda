// Stands in for the Azure CLI, and for Azure behind it: it notes each call, keeps packages in a folder and answers as az does.
// What a test wants to go wrong is in `plan.json`; a deployment changes `state.json`, from which the test's /healthz answers.
const fs = require('node:fs');
const path = require('node:path');

const folder = process.env.FAKE_AZURE;
const at = (name) => path.join(folder, name);
const read = (name, otherwise) => (fs.existsSync(at(name)) ? JSON.parse(fs.readFileSync(at(name), 'utf8')) : otherwise);
const write = (name, value) => {
  fs.writeFileSync(at(`${name}.new`), JSON.stringify(value));
  fs.renameSync(at(`${name}.new`), at(name));
};
const words = process.argv.slice(2);
const option = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
const call = words.filter((word) => !word.startsWith('--')).join(' ');
const plan = read('plan.json', {});
const body = option('--body')?.startsWith('@')
  ? JSON.parse(fs.readFileSync(option('--body').slice(1), 'utf8'))
  : undefined;
fs.appendFileSync(at('calls.jsonl'), `${JSON.stringify({ words, body })}\n`);

const answer = (value) => {
  process.stdout.write(typeof value === 'string' ? `${value}\n` : `${JSON.stringify(value)}\n`);
  process.exit(0);
};
const fail = (message) => {
  process.stderr.write(`ERROR: ${message}\n`);
  process.exit(1);
};

const account = option('--account-name') ?? option('--name');
const blobs = () => read('blobs.json', {});
if (plan.signedOut) fail("Please run 'az login' to setup account.");
if (call.startsWith('account show')) {
  if (plan.otherAccount) fail(`The subscription of '${option('--subscription')}' doesn't exist in cloud 'AzureCloud'.`);
  answer('');
}
if (call.startsWith('storage blob list')) {
  if (plan.listFails) fail(plan.listFails);
  answer((blobs()[account] ?? []).map(({ name, lastModified }) => ({ name, properties: { lastModified } })));
}
if (call.startsWith('storage blob upload')) {
  if (plan.uploadFails?.[account]) fail(plan.uploadFails[account]);
  const zip = fs.readFileSync(option('--file'));
  if (zip.readUInt32LE(0) !== 0x04034b50) fail('what was uploaded is not a zip');
  const all = blobs();
  all[account] = [...(all[account] ?? []), { name: option('--name'), lastModified: '2026-11-29T03:00:00+00:00' }];
  write('blobs.json', all);
  answer('');
}
if (call.startsWith('storage blob generate-sas')) {
  if (!words.includes('--as-user')) fail('Key based authentication is not permitted on this storage account.');
  answer(
    `https://${account}.blob.core.windows.net/${option('--container-name')}/${option('--name')}?se=${encodeURIComponent(option('--expiry'))}&sp=r&sig=VERYSECRET%3D`,
  );
}
if (call.startsWith('storage account update')) {
  if (plan.closeFails && option('--default-action') === 'Deny') fail(plan.closeFails);
  write('firewall.json', { ...read('firewall.json', {}), [option('--name')]: option('--default-action') });
  answer('');
}
if (call.startsWith('rest')) {
  const [, id, what] =
    /^(\/subscriptions\/.*?)\/(extensions\/onedeploy|deployments)\?api-version=[\d-]+$/.exec(option('--url')) ?? [];
  if (id === undefined) fail(`Not Found({"url":"${option('--url')}"})`);
  const name = id.split('/sites/')[1];
  if (what === 'deployments') answer({ value: read('deployments.json', {})[name] ?? [] });
  fs.writeFileSync(at('pulling'), name);
  if (plan.hangs === name) setInterval(() => {}, 1000);
  else {
    if (plan.pullFails?.[name]) fail(plan.pullFails[name]);
    const [, from = '', hash] =
      /^https:\/\/(\w+)\.blob\.core\.windows\.net\/.*shop-(\w+)\.zip\?/.exec(body.properties.packageUri) ?? [];
    if (!(blobs()[from] ?? []).some((blob) => blob.name === `shop-${hash}.zip`))
      fail('Bad Request({"Code":"BadRequest"})');
    if (plan.closedStorage && read('firewall.json', {})[from] !== 'Allow') fail('Bad Request({"Code":"BadRequest"})');
    const failed = plan.deploymentFails?.[name];
    const all = read('deployments.json', {});
    all[name] = [
      { id: `${id}/deployments/${hash}`, properties: { status: failed ? 3 : 4, message: failed ?? 'OneDeploy' } },
      ...(all[name] ?? []),
    ];
    write('deployments.json', all);
    if (!failed && !plan.neverStarts?.[name]) write('state.json', { ...read('state.json', {}), [name]: hash });
    answer('');
  }
} else fail(`'${call}' is misspelled or not recognized by the system.`);
