/** Writes text as a CSS string. All characters but plain letters and digits become code points, so that nothing can end the string. */
export function cssString(text: string): string {
  const signs = Array.from(text, (sign) =>
    /[A-Za-z0-9]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `"${signs.join('')}"`
}
