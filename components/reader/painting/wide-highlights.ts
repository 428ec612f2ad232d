/**
 * For browsers whose elements do not inherit highlights. Repeats the rules of highlights.css, which match only the text's root, for every element in
 * it.
 */

const narrow = '.reader-text::highlight('
const wide = '.reader-text ::highlight('

function widenRules(): void {
  const rules: string[] = []
  const collect = (list: CSSRuleList, condition: string | null) => {
    for (const rule of list) {
      if (rule instanceof CSSMediaRule) collect(rule.cssRules, rule.conditionText)
      else if (rule instanceof CSSStyleRule && rule.selectorText.includes(narrow)) {
        const text = rule.cssText.replaceAll(narrow, wide)
        rules.push(condition === null ? text : `@media ${condition} { ${text} }`)
      }
    }
  }
  for (const sheet of document.styleSheets) collect(sheet.cssRules, null)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(rules.join('\n'))
  document.adoptedStyleSheets.push(sheet)
}

widenRules()

export {}
