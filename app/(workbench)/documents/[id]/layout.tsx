import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadDocument } from '@/lib/server/documents/loaders'

/**
 * Looks for the person and the document before the page's skeleton is sent: once that is on its way the answer can no longer be "404 Not Found", nor
 * a redirect to signing in that keeps the fragment of the address.
 */
export default async function DocumentLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ id: string }>
}) {
  const [actor, { id }] = await Promise.all([requireActor(), params])
  if (!(await exists(actor, id))) notFound()
  return children
}

async function exists(actor: Actor, id: string): Promise<boolean> {
  try {
    await loadDocument(actor, id)
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return false
    throw error
  }
}
