import nextConfig from 'eslint-config-next/core-web-vitals'
import tseslint from 'typescript-eslint'
import { requireDocComment } from './scripts/checks/doc-comments.mjs'
import { plainWords } from './scripts/checks/plain-words.mjs'
import { shortFunctions } from './scripts/checks/short-functions.mjs'
import { simpleFunctions } from './scripts/checks/simple-functions.mjs'

const sourcemark = {
  rules: {
    'doc-comment': requireDocComment,
    'plain-words': plainWords,
    'short-functions': shortFunctions,
    'simple-functions': simpleFunctions,
  },
}

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read settings through lib/server/env.ts, which validates and documents them.',
}
const include = {
  selector: "Property[key.name='include'] > ObjectExpression",
  message:
    'Name the columns with `select`: `include` also loads columns that nobody asked for, and one day shows them.',
}
const literalSpread = {
  selector: 'SpreadElement > ObjectExpression',
  message: 'Write the properties themselves: spreading a literal only hides how long the object is.',
}

/** Rules for code behind reports: its results are hashed, so they must be equal to the last digit in every time zone, language and version of Node. */
const elsewhereOther = [
  {
    selector: "BinaryExpression[operator='**']:not([right.value=2])",
    message: 'Multiply: versions of V8 differ in the last digit of powers beyond the square.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name=/^(pow|random)$/]",
    message: 'Multiply, or draw by a seed: the same inputs must give the same report to the last digit.',
  },
  {
    selector:
      "MemberExpression[property.name=/^(toLocale.*|localeCompare|getTimezoneOffset)$/], Identifier[name='Intl']",
    message: 'Write it out: the language and time zone of a machine must not change a report.',
  },
  {
    selector: "NewExpression[callee.name='Date'], MemberExpression[object.name='Date'][property.name=/^(now|parse)$/]",
    message: 'Take moments as arguments in ISO 8601 and UTC: they are cut and compared as text.',
  },
]

/** All React rules of Next.js's configuration. Those of hooks run React's compiler on each file, which takes a fifth of ESLint's time. */
const rulesOfReact = nextConfig
  .flatMap(({ rules = {} }) => Object.keys(rules))
  .filter((name) => /^(react|react-hooks|jsx-a11y)\//.test(name))

export default tseslint.config(
  {
    ignores: [
      '.next*/',
      'node_modules/',
      'lib/server/db/generated/',
      'coverage/',
      'next-env.d.ts',
      'playwright-report/',
      'test-results/',
      '.cache/',
    ],
  },
  ...nextConfig,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    // One program for all files: the project service made for editors takes an eighth longer.
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/dot-notation': 'off',
      // There are no enums: erasableSyntaxOnly refuses them.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-mixed-enums': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', environment, include, literalSpread],
      'max-params': ['error', 3],
    },
  },
  {
    // A table-driven test gets one parameter per column.
    files: ['**/*.test.{ts,tsx}', 'tests/**'],
    rules: { 'max-params': ['error', 6] },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { sourcemark },
    rules: { 'sourcemark/doc-comment': 'error' },
  },
  {
    files: ['{app,components,lib}/**/*.{ts,tsx}'],
    // These files list such words.
    ignores: ['lib/domain/members/common-words.ts', 'lib/domain/text/sentence-rules/abbreviations.ts'],
    plugins: { sourcemark },
    rules: { 'sourcemark/plain-words': 'error' },
  },
  {
    files: ['{app,components,lib}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    plugins: { sourcemark },
    rules: { 'sourcemark/short-functions': 'error', 'sourcemark/simple-functions': 'error' },
  },
  {
    files: ['lib/domain/{agreement,claims,finished-ratings,frozen-reports,report-exports,reports,statistics}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', environment, include, literalSpread, ...elsewhereOther] },
  },
  {
    // Files that render nothing have shorter functions.
    files: ['{app,components,lib}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { sourcemark },
    rules: { 'sourcemark/short-functions': ['error', { max: 80 }] },
  },
  {
    files: ['**/*.ts', 'tests/**', 'bench/**'],
    rules: {
      'react-hooks/rules-of-hooks': 'off',
      'react-hooks/globals': 'off',
      'react-hooks/refs': 'off',
      'react-hooks/immutability': 'off',
    },
  },
  {
    // Folders without React.
    files: ['lib/{cli,domain,server}/**', '{bench,prisma,scripts,tests}/**/*.{ts,mjs}'],
    rules: Object.fromEntries(rulesOfReact.map((name) => [name, 'off'])),
  },
  {
    files: ['{app,components}/**/*.tsx'],
    ignores: ['components/ui/controls/link.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'next/link',
          message:
            "Import Link from '@/components/ui/controls/link': it prefetches a page when the pointer or the focus reaches its link.",
        },
      ],
    },
  },
  {
    files: ['postcss.config.mjs'],
    rules: { 'import/no-anonymous-default-export': 'off' },
  },
  {
    files: ['lib/cli/**', 'scripts/**', 'bench/**', 'prisma/seed.ts', 'tests/e2e/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // The module that reads settings, and programs and tests that start others with an environment of their own.
    files: [
      'lib/server/env.ts',
      'prisma.config.ts',
      'playwright.config.ts',
      'instrumentation.ts',
      'scripts/**',
      'tests/**',
      'bench/**',
      '**/*.test.{ts,tsx}',
    ],
    rules: { 'no-restricted-syntax': ['error', include, literalSpread] },
  },
  {
    files: ['tests/setup/console.ts'],
    rules: { 'no-console': 'off' },
  },
)
