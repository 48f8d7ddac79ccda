/**
 * Writes text of the settings so that Terraform takes it as it is: `${` and `%{` would begin an expression, and the `${PORT}` of a
 * start command would be a reference to nothing.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export const literal = (text: string): string => text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
