/** File name of the app inside its zip, which App Service starts. */
export const appFile = 'shop.cjs';

/** Where the zip is, beside `cdk.tf.json`. */
export const zipFile = 'shop.zip';

/** The licences of the packages that are in the app, beside it in the zip. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';
