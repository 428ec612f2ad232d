import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Rating } from '../annotations/rating'
import { pluralityOf } from './verdict'

const file = path.resolve(process.cwd(), '../shared/testdata/reports/climate-fever.jsonl')
const present = existsSync(file)
const note = present ? '' : ' (skipped: the data set is not beside the project)'

interface PublishedClaim {
  claim_label: string
  evidences: { evidence_label: string; votes: (string | null)[] }[]
}

const ratingOf = new Map<string | null, Rating>([
  ['SUPPORTS', 'sourced'],
  ['NOT_ENOUGH_INFO', 'unsourced'],
  ['REFUTES', 'contradicted'],
])
const labelOf = new Map([...ratingOf].map(([label, rating]) => [rating, label]))

/** The plurality of the votes, and not enough information where none leads. */
function evidenceLabel(votes: readonly (string | null)[]): string {
  const given = votes.flatMap((vote) => ratingOf.get(vote) ?? [])
  const plurality = pluralityOf(given.map((rating) => ({ rating, late: false })))
  return labelOf.get(plurality ?? 'unsourced') ?? ''
}

/** Supported or refuted by some evidence, disputed by both kinds, else not enough information. */
function claimLabel(labels: readonly string[]): string {
  const [supported, refuted] = [labels.includes('SUPPORTS'), labels.includes('REFUTES')]
  if (supported && refuted) return 'DISPUTED'
  return supported ? 'SUPPORTS' : refuted ? 'REFUTES' : 'NOT_ENOUGH_INFO'
}

describe.skipIf(!present)(`Climate-FEVER, votes and labels from the raw file${note}`, () => {
  const claims = present
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as PublishedClaim)
    : []
  const evidences = claims.flatMap((claim) => claim.evidences)

  test('the plurality of votes, ties being undecided, gives 7,675 of 7,675 evidence labels', () => {
    expect(evidences).toHaveLength(7675)
    expect(evidences.filter(({ evidence_label: label, votes }) => evidenceLabel(votes) === label)).toHaveLength(7675)
  })

  test('their labels give 1,535 of 1,535 claim labels, 154 of them disputed', () => {
    const computed = claims.map((claim) => claimLabel(claim.evidences.map(({ votes }) => evidenceLabel(votes))))
    expect(computed.filter((label, place) => label === claims[place]?.claim_label)).toHaveLength(1535)
    const counted = (label: string) => computed.filter((each) => each === label).length
    expect(['SUPPORTS', 'NOT_ENOUGH_INFO', 'REFUTES', 'DISPUTED'].map(counted)).toEqual([654, 474, 253, 154])
  })
})
