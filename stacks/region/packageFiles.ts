/** Where the zip is, beside `cdk.tf.json`. */
export const zipFile = 'shop.zip';

/** Where the slot's is, if it runs another one. */
export const slotZipFile = 'staging.zip';

/** The licences of the packages that are in the app, beside it in the zip. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';
