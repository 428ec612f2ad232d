import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { requireActor } from '@/lib/server/auth/current'
import { findDocument } from './find-document'

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
  if ((await findDocument(actor, id)) === null) notFound()
  return children
}
