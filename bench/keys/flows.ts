/** A text that a step types or pastes, different for each claim of the script. */
export type Words = 'title' | 'address' | 'quote' | 'search'

/**
 * One action of a person, or a wait:
 * - `press` is one key or chord;
 * - `paste` is one chord, regardless of the text's length;
 * - `search` and `type` are letters, counted separately: those of a search, and those of a bibliography;
 * - `note` writes a note, which is not counted;
 * - `until` waits until an element that matches the CSS selector has the focus.
 */
export type Step =
  { press: string } | { paste: Words } | { search: Words } | { type: Words } | { note: true } | { until: string }

/** The reference that a claim needs: one not in the library yet, one that is, the one cited last, or none. */
export type ClaimKind = 'new' | 'known' | 'again' | 'unsourced'

const note: readonly Step[] = [
  { press: 'n' },
  { until: ':is(textarea, [data-rich-text] [role=textbox])' },
  { note: true },
  { press: 'Control+Enter' },
  { until: '[data-card-button]' },
]

const openEvidence: readonly Step[] = [
  { press: 'j' },
  { press: '3' },
  { press: 'e' },
  { until: 'input[role="combobox"]' },
]

const quote: readonly Step[] = [
  { until: 'form textarea' },
  { paste: 'quote' },
  { press: 'Enter' },
  { until: '[data-card-button]' },
]

/** The steps for each kind of claim, from the sentence before it to the next. */
export const flows: Readonly<Record<ClaimKind, readonly Step[]>> = {
  new: [...openEvidence, { paste: 'address' }, { press: 'Enter' }, ...quote, ...note],
  known: [...openEvidence, { search: 'search' }, { press: 'Enter' }, ...quote, ...note],
  again: [{ press: 'j' }, { press: '3' }, { press: 'r' }, ...quote, ...note],
  unsourced: [{ press: 'j' }, { press: '2' }, ...note],
}
