import { readHealth } from '@/lib/server/http/health'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const health = await readHealth()
  return Response.json(health, {
    // A server that can be read must not be taken away: nobody would get at the work that is there.
    status: health.status === 'failing' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}
