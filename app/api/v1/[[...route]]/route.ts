import { api } from '@/lib/server/api/api'

export const dynamic = 'force-dynamic'

const serve = (request: Request) => api.fetch(request)

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT }
