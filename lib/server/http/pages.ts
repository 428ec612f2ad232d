import { notFound } from 'next/navigation'
import { DomainError } from '@/lib/domain/errors'

/** Waits for a page's data. Data that does not exist, or is hidden from this person, leads to Next's not-found page. */
export async function loadOrNotFound<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'not-found' || error.code === 'forbidden')) notFound()
    throw error
  }
}
