import { redirect } from 'next/navigation'
import { loadLandingPath } from '@/lib/server/assignments/loaders'
import { requireActor } from '@/lib/server/auth/current'

export default async function Home(): Promise<never> {
  redirect(await loadLandingPath(await requireActor('/')))
}
