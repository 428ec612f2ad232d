/**
 * An ESLint rule: ESLint's own count of the ways through a function, a `switch` counted as one, with a message that says how to have fewer.
 */
import { builtinRules } from 'eslint/use-at-your-own-risk'

const message =
  '{{name}} has {{complexity}} ways through it, {{max}} are the most. Give a step its own function with a name that says what it decides, look a value up in a table in place of asking for each, and settle what ends early first. Moving half of the conditions elsewhere helps no reader.'

const complexity = builtinRules.get('complexity')

/** The rule that eslint.config.js mounts as `sourcemark/simple-functions`. */
export const simpleFunctions = {
  meta: {
    ...complexity.meta,
    messages: { complex: message },
    defaultOptions: [{ max: 20, variant: 'modified' }],
  },
  create: complexity.create,
}
