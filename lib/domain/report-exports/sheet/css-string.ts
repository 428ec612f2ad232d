/** Text as a CSS string: all but plain letters and figures as code points, so that nothing can end it. */
export function cssString(text: string): string {
  const signs = Array.from(text, (sign) =>
    /[A-Za-z0-9]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `"${signs.join('')}"`
}
