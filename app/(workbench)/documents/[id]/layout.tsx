import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { requireActor } from '@/lib/server/auth/current'
import { findDocument } from './find-document'

/**
 * Looks up the member and the document before the page's skeleton is sent. After that, the answer can no longer become "404 Not Found", or a redirect
 * to sign-in that keeps the address's fragment.
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
