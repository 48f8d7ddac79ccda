/** Words of the installed command, each with a file in this folder, and what each does. */
export const words = {
  review: 'entry, zones, affinity, sessions, cost and findings of a plan or a variant',
  compare: 'what changes from one variant or plan to another',
  comment: 'keep one comment on a pull request current',
  drill: 'rehearse failures on this machine: break what a variant declares, and count the carts',
  lab: 'play with variants in a page on this machine: break something, and watch the carts',
  synth: 'write Terraform for the variants',
  export: 'write a variant as plain Terraform, with variables and comments',
  ship: 'deploy the app to a variant that is applied',
  prices: 'refresh the list prices that the review uses',
  completion: 'what your shell needs to complete these words and their options',
} as const;

export type Word = keyof typeof words;

export const isWord = (word: string): word is Word => Object.hasOwn(words, word);
