import { notFound } from 'next/navigation'
import { DomainError } from '@/lib/domain/errors'

/** Waits for what a page loads; what does not exist, or is hidden from this person, becomes Next's not-found page. */
export async function loadOrNotFound<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'not-found' || error.code === 'forbidden')) notFound()
    throw error
  }
}
