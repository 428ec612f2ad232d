import { ratingNames } from '../annotations/words'
import type { Rating } from '../annotations/rating'

/**
 * Words of known rating schemes, and which of our ratings comes nearest: FEVER and Climate-FEVER (supports, refutes, not enough info), SciFact (contradict,
 * noinfo), AVeriTeC (supported, refuted, not enough evidence), BuzzFeed News 2016 (mostly true, mostly false, no factual content). Words for both at once,
 * such as “mixture” or “disputed”, come near none.
 */
const nearest: Readonly<Record<Rating, readonly string[]>> = {
  sourced: ['sourced', 'supported', 'supports', 'support', 'true', 'mostlytrue'],
  unsourced: [
    'unsourced',
    'notenoughinfo',
    'notenoughinformation',
    'notenoughevidence',
    'nei',
    'nee',
    'noinfo',
    'unproven',
  ],
  contradicted: ['contradicted', 'contradicts', 'contradict', 'refuted', 'refutes', 'refute', 'false', 'mostlyfalse'],
  not_checkable: ['notcheckable', 'nofactualcontent', 'opinion'],
}

/** The name of our rating that a word of another scheme comes nearest to; null where none does. A suggestion: a person decides. */
export function suggestRating(word: string): string | null {
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  for (const rating of ['sourced', 'unsourced', 'contradicted', 'not_checkable'] as const) {
    if (nearest[rating].includes(plain)) return ratingNames[rating]
  }
  return null
}
