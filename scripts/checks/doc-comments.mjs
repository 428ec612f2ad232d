/** An ESLint rule: each export of lib/ has a doc comment directly above it. Types and schemas that only name a shape need none. */
const message =
  'Say above this export what it is: units, shape, edge cases, what a failure returns, where a method comes from. Readers of other folders see only this.'

/** Functions, classes and constants. A constant made by a call (a schema, for instance) is explained by its name and type. */
function needsComment(declaration) {
  if (declaration === null) return false
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') return true
  if (declaration.type !== 'VariableDeclaration') return false
  return declaration.declarations.some(
    ({ init }) => init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression',
  )
}

/** The rule that eslint.config.js mounts as `sourcemark/doc-comment`. */
export const requireDocComment = {
  meta: { type: 'suggestion', messages: { missing: message }, schema: [] },
  create(context) {
    const { sourceCode } = context
    return {
      ExportNamedDeclaration(node) {
        if (!needsComment(node.declaration)) return
        const comment = sourceCode.getCommentsBefore(node).at(-1)
        const isAbove =
          comment?.type === 'Block' && comment.value.startsWith('*') && comment.loc.end.line === node.loc.start.line - 1
        if (!isAbove) context.report({ node, messageId: 'missing' })
      },
    }
  },
}
