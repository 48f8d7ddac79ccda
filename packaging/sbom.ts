import { createHash } from 'node:crypto';

/** Bill of materials of the app's bundle, in CycloneDX 1.6. */

/** In the folder of the package. */
export const sbomFile = 'shop-sbom.cdx.json';

/** Titles of the notices: name, version and licence of each package that is in the bundle. */
const title = /^-{80}\n(\S+) (\S+) \((.+)\)$/gm;

/**
 * The same bundle gives the same bytes: there is no time and no random serial number in it.
 *
 * @param notices of the bundle, see `thirdPartyNotices`
 * @param bundle the file itself, whose hash is named
 * @param version of this project
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf(notices: string, bundle: Uint8Array, version: string): string {
  const components = [...notices.matchAll(title)].map(([, name = '', release = '', licence = '']) => ({
    type: 'library',
    'bom-ref': purl(name, release),
    ...nameOf(name),
    version: release,
    licenses: [/ (OR|AND|WITH) /.test(licence) ? { expression: licence } : { license: { id: licence } }],
    purl: purl(name, release),
  }));
  const shop = {
    type: 'application',
    'bom-ref': 'shop',
    name: 'shop',
    version,
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bundle).digest('hex') }],
  };
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: shop },
    components,
    dependencies: [{ ref: 'shop', dependsOn: components.map((one) => one['bom-ref']) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const nameOf = (name: string) => {
  const [group, inner] = name.split('/');
  return inner === undefined ? { name } : { group, name: inner };
};

/** @see https://github.com/package-url/purl-spec */
const purl = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
