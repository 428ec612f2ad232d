/** A value of React's encoding of arguments that stands in a part of its own, and the letter of its kind. A form's part may be empty, and so missing. */
const reference = /"\$([KQWiFhTB@]?)([0-9a-f]+)"/g

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}

function hasParts(text: string, has: (part: string) => boolean): boolean {
  return [...text.matchAll(reference)].every(([, kind = '', part = '']) => kind === 'K' || has(part))
}

/**
 * Whether the body of a call of a server action can be read as arguments: as React encodes them, JSON, or a form whose part `0` is JSON. Next answers
 * one that cannot as if something had gone wrong here. What the arguments are is each action's to check. Consumes the request's body.
 */
export async function isActionBody(request: Request): Promise<boolean> {
  try {
    if (!/^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')) {
      const text = await request.text()
      return isList(text) && !text.includes('"$K') && hasParts(text, () => false)
    }
    const form = await request.formData()
    const root = form.get('0')
    return typeof root === 'string' && isList(root) && hasParts(root, (part) => form.has(part))
  } catch {
    return false
  }
}
