/** Copies words to the clipboard; false when the browser refuses, as it does on pages without a certificate. */
export async function copyWords(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    return false
  }
}
