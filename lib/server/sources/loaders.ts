import type { SourceView } from '@/lib/domain/sources/schema'
import { permit, type Actor } from '../access/gate'
import { maxPageSize, type Page } from '../http/pagination'
import { listSources, readSource, readSourceNames } from './data'

/** The first sources of the workspace by name, for a page. */
export async function loadSources(
  actor: Actor,
  filter: { q?: string; cursor?: string } = {},
): Promise<Page<SourceView>> {
  return listSources(permit(actor, 'source.read'), { limit: maxPageSize, ...filter })
}

/** Names of some sources, for a page. */
export async function loadSourceNames(actor: Actor, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return readSourceNames(permit(actor, 'source.read'), ids)
}

/** One source, for a page. @throws DomainError `not-found`. */
export async function loadSource(actor: Actor, id: string): Promise<SourceView> {
  return readSource(permit(actor, 'source.read'), id)
}
