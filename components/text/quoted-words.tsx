import { piecesOf, type ScriptRun } from '@/lib/domain/text/quotation'

/** Quoted words with superscript and subscript shown. */
export function QuotedWords({ words, script = [] }: { words: string; script?: readonly ScriptRun[] | undefined }) {
  if (script.length === 0) return words
  return piecesOf(words, script).map(({ text, is }, place) =>
    is === 'plain' ? text : is === 'raised' ? <sup key={place}>{text}</sup> : <sub key={place}>{text}</sub>,
  )
}
