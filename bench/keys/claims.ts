import type { ClaimKind, Words } from './flows'

/** A claim to review, and the texts typed and pasted for it. */
export interface Claim {
  kind: ClaimKind
  words: Readonly<Record<Words, string>>
  note: string
}

interface Evidence {
  title: string
  address: string
  search: string
  /** The quotes, in the order in which claims use them. */
  quotes: readonly string[]
}

const chronicle: Evidence = {
  title: 'A chronicle of state visits, 1973 to 2021',
  address: 'https://archive.example/treaties/chronicle-of-visits',
  search: 'chronicle',
  quotes: [
    'Envoys were exchanged in every decade since 1973.',
    'No visit of a head of government was recorded in 2019.',
    'The joint commission met fourteen times.',
    'Trade was below one hundredth of the total in each year.',
  ],
}

const measures: Evidence = {
  title: 'Register of measures in force, second edition',
  address: 'https://records.example/register/measures?utm_source=newsletter',
  search: 'measures',
  quotes: [
    'Measures were in force on both lists throughout 2021.',
    'The panel found no transfer after 2017.',
    'Shipments were stopped in nine cases.',
    'Nothing was delivered under the third contract.',
  ],
}

const notes = [
  'The record of visits says otherwise.',
  'Two editions of the chronicle agree.',
  'The wording is too strong for what is known.',
  'Nobody is named, and no record is given.',
]

function claimOf(evidence: Evidence, kind: ClaimKind, position: number): Claim {
  const { quotes, ...words } = evidence
  return {
    kind,
    words: { ...words, quote: quotes[position] ?? '' },
    note: notes[position] ?? '',
  }
}

/** Ten claims in text order: two bring a new reference, six cite one of these two again, two have no source. */
export const claims: readonly Claim[] = [
  claimOf(chronicle, 'new', 0),
  claimOf(chronicle, 'again', 1),
  claimOf(measures, 'new', 0),
  claimOf(measures, 'unsourced', 3),
  claimOf(measures, 'again', 1),
  claimOf(chronicle, 'known', 2),
  claimOf(chronicle, 'again', 3),
  claimOf(chronicle, 'unsourced', 3),
  claimOf(measures, 'known', 2),
  claimOf(measures, 'again', 3),
]
