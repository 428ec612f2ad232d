/** A text that a step types or pastes; each claim of the script has its own. */
export type Words = 'title' | 'publisher' | 'date' | 'address' | 'text' | 'quote' | 'search'

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
  { until: 'textarea' },
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
  { press: 'Tab' },
  { press: 'Enter' },
  { until: 'section[aria-label="Evidence"] button' },
]

const known: readonly Step[] = [...openEvidence, { search: 'search' }, { press: 'Enter' }, ...quote, ...note]

/** How a person goes through each kind of claim, from the sentence before to the next. */
export const flows: Readonly<Record<ClaimKind, readonly Step[]>> = {
  new: [
    ...openEvidence,
    { type: 'title' },
    { press: 'Enter' },
    { until: '[name="title"]' },
    { press: 'Tab' },
    { press: 'Tab' },
    { type: 'publisher' },
    { press: 'Tab' },
    { type: 'date' },
    { press: 'Tab' },
    { paste: 'address' },
    { press: 'Tab' },
    { press: 'Tab' },
    { press: 'Tab' },
    { press: 'Enter' },
    { press: 'Tab' },
    { until: '[name="snapshotText"]' },
    { paste: 'text' },
    { press: 'Tab' },
    { press: 'Enter' },
    ...quote,
    ...note,
  ],
  known,
  again: known,
  unsourced: [{ press: 'j' }, { press: '2' }, ...note],
}
