/** An ESLint rule: a function has at most `max` lines, without blank lines and comments. The message says how to split it. */
const message =
  '{{name}} has {{lines}} lines, {{max}} are the most. Split it by idea and never by ruler: a hook for each concern, a component for each part of the screen, a function for each step, each with a name that says what it is for.'

function nameOf({ id, parent }) {
  if (id) return `\`${id.name}\``
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return `\`${parent.id.name}\``
  if ((parent.type === 'Property' || parent.type === 'MethodDefinition') && parent.key.type === 'Identifier')
    return `\`${parent.key.name}\``
  return 'This function'
}

/** The numbers of the lines that hold only a comment. */
function commentLines({ lines, ast }) {
  const numbers = new Set()
  for (const { loc } of ast.comments) {
    for (let line = loc.start.line; line <= loc.end.line; line += 1) {
      const before = line === loc.start.line ? lines[line - 1].slice(0, loc.start.column) : ''
      const after = line === loc.end.line ? lines[line - 1].slice(loc.end.column) : ''
      // In JSX, a comment is enclosed in braces.
      if (/^[\s{}]*$/.test(before + after)) numbers.add(line)
    }
  }
  return numbers
}

/** The rule that eslint.config.js mounts as `sourcemark/short-functions`. */
export const shortFunctions = {
  meta: {
    type: 'suggestion',
    messages: { long: message },
    schema: [{ type: 'object', properties: { max: { type: 'integer' } }, additionalProperties: false }],
  },
  create(context) {
    const { sourceCode, options } = context
    const { max = 100 } = options[0] ?? {}
    let comments = null
    const check = (node) => {
      const { start, end } = node.loc
      if (end.line - start.line < max) return
      comments ??= commentLines(sourceCode)
      let lines = 0
      for (let line = start.line; line <= end.line; line += 1)
        if (sourceCode.lines[line - 1].trim() !== '' && !comments.has(line)) lines += 1
      if (lines > max) context.report({ node, messageId: 'long', data: { name: nameOf(node), lines, max } })
    }
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check }
  },
}
