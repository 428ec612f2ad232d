import { cache } from 'react'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '@/lib/server/access/gate'
import { loadDocument } from '@/lib/server/documents/loaders'

/** The document, or null when it does not exist for the current member. Loaded once per request. */
export const findDocument = cache(async (actor: Actor, id: string) => {
  try {
    return await loadDocument(actor, id)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null
    throw error
  }
})
