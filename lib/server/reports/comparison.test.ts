import { expect, test } from 'vitest'
import { comparisonSchema } from '@/lib/domain/reports/comparing/comparison-schema'
import { permit } from '@/lib/server/access/gate'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import {
  createAnnotation,
  createDocument,
  createMember,
  createSource,
  createWorkspace,
  makeId,
} from '@/tests/setup/factories'
import { readComparison } from './data'

describeOnBothDatabases('two sources side by side', (context) => {
  test('states both sides, and refuses a source beside itself or beside one that is not there', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const author = await createMember(database, { workspaceId })
    const other = await createMember(database, { workspaceId })
    const [first, second] = [
      await createSource(database, { workspaceId, name: 'The Coastal Herald' }),
      await createSource(database, { workspaceId, name: 'The Dyke Gazette' }),
    ]
    const elsewhere = await createSource(database, { workspaceId: (await createWorkspace(database)).id })
    const document = await createDocument(database, { workspaceId, sourceId: first.id, text: 'Tolls ended in 1989.' })
    for (const each of [author, other])
      await createAnnotation(database, { author: each, document, words: 'Tolls ended in 1989.', rating: 'unsourced' })

    const compare = (otherSourceId: string) =>
      readComparison(permit(author, 'report.read'), { sourceId: first.id, otherSourceId, now: new Date() })
    const found = await compare(second.id)
    expect(comparisonSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({
      first: { source: { name: 'The Coastal Herald' }, reviewedDocuments: 1, assessed: 1 },
      second: { source: { name: 'The Dyke Gazette' }, reviewedDocuments: 0, assessed: 0 },
      shares: null,
    })
    expect(found.first.inputSha256).not.toBe(found.second.inputSha256)
    await expect(compare(first.id)).rejects.toMatchObject({ code: 'invalid' })
    await expect(compare(elsewhere.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(compare(makeId())).rejects.toMatchObject({ code: 'not-found' })
  })
})
