import type { TagView } from '@/lib/domain/tags/schema'
import { permit, type Actor } from '../access/gate'
import { listTags } from './data'

/** The tags that stand on documents, by name, for a page. */
export async function loadDocumentTags(actor: Actor): Promise<TagView[]> {
  const tags = await listTags(permit(actor, 'tag.read'), {})
  return tags
    .filter(({ documents }) => documents > 0)
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}
