/** An ESLint rule: cyclomatic complexity as ESLint counts it, a `switch` as one, with a message that says how to reduce it. */
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
