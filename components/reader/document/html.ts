/** Writing HTML text safely. */

const special = /[&<>"\r\0]/g
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\0': '\uFFFD',
}

/** Escapes for element text and quoted attributes; the parsed text has the same length in UTF-16 code units as what came in. */
export function escapeText(text: string): string {
  return text.replace(special, (character) => escapes[character] ?? '')
}

/** ` name="value"` for each attribute; the names are ours and are not escaped. */
export function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  let written = ''
  for (const [name, value] of Object.entries(attributes))
    written += value === '' ? ` ${name}` : ` ${name}="${escapeText(value)}"`
  return written
}
