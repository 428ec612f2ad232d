import type { TextIndex } from '@/lib/domain/text/text-index'

const sampleLength = 12_000

/** The in-scope running text of a document up to a limit: what language detection reads. */
function sampleText(index: TextIndex): string {
  let sample = ''
  for (const block of index.blocks) {
    if (block.scope !== null || block.kind === 'codeBlock') continue
    sample += `${index.text.slice(block.start, Math.min(block.end, block.start + 2000))}\n`
    if (sample.length >= sampleLength) break
  }
  return sample === '' ? index.text.slice(0, sampleLength) : sample
}

/** A language tag made tidy ("EN_us" becomes "en-US"), or null when it is not a tag. */
export function tidyLanguage(tag: string | null | undefined): string | null {
  if (!tag) return null
  try {
    return Intl.getCanonicalLocales(tag.trim().replace(/_/g, '-').slice(0, 35))[0] ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * The language of a document as BCP 47. What the document declares wins when detection (eld) agrees or is unsure; a sure
 * detection wins over a declaration that contradicts it (templates often declare the wrong language). `und` when neither says.
 */
export async function detectLanguage(index: TextIndex, declared: string | null | undefined): Promise<string> {
  const tidy = tidyLanguage(declared)
  const { eld } = await import('eld/small')
  const result = eld.detect(sampleText(index))
  const detected = result.language === '' ? null : result.language
  const sure = detected !== null && result.isReliable()
  if (tidy && (!sure || tidy.split('-')[0] === detected)) return tidy
  return sure || (detected !== null && index.text.length > 200) ? detected : (tidy ?? 'und')
}
