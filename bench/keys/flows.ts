/** A text that a step types or pastes; each claim of the script has its own. */
export type Words = 'title' | 'address' | 'quote' | 'search'

/**
 * One thing a person does, and what they wait for:
 * - `press` is one key or chord;
 * - `paste` is one chord, however long the text;
 * - `search` and `type` are letters, counted apart: those of a search, and those of a bibliography;
 * - `note` writes a note, which is not counted;
 * - `until` waits until an element that fits the CSS selector has the focus.
 */
export type Step =
  { press: string } | { paste: Words } | { search: Words } | { type: Words } | { note: true } | { until: string }

/** What a claim needs: a reference that is not in the library yet, one that is, the one cited last, or none. */
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

/** How a person goes through each kind of claim, from the sentence before to the next. */
export const flows: Readonly<Record<ClaimKind, readonly Step[]>> = {
  new: [...openEvidence, { paste: 'address' }, { press: 'Enter' }, ...quote, ...note],
  known: [...openEvidence, { search: 'search' }, { press: 'Enter' }, ...quote, ...note],
  again: [{ press: 'j' }, { press: '3' }, { press: 'r' }, ...quote, ...note],
  unsourced: [{ press: 'j' }, { press: '2' }, ...note],
}
