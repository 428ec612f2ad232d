const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}]/u
const firstLetter = /\p{L}/u

/**
 * Whether a text begins in a right-to-left script, by its first letter. Lists and tables need it said: `dir="auto"` on them
 * would skip their paragraphs, which carry their own.
 */
export function isRightToLeft(text: string): boolean {
  const letter = firstLetter.exec(text)
  return letter !== null && rightToLeft.test(letter[0])
}
