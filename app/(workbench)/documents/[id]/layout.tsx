import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '@/lib/server/access/gate'
import { currentActor } from '@/lib/server/auth/current'
import { loadDocument } from '@/lib/server/documents/loaders'

/**
 * Looks for the document before the page's skeleton is sent: once that is on its way the answer can no longer be "404 Not Found".
 */
export default async function DocumentLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ id: string }>
}) {
  const [actor, { id }] = await Promise.all([currentActor(), params])
  // Somebody signed out is led to signing in by the page.
  if (actor !== null && !(await exists(actor, id))) notFound()
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
