import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { addressOf } from '@/lib/server/auth/address'
import { authOptions, type SignInOutcome } from '@/lib/server/auth/options'
import { answerProblem } from '@/lib/server/http/answers'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const outcome: SignInOutcome = {}
  const options = authOptions({ address: addressOf(request.headers), outcome })
  const answer = (await NextAuth(request, context, options)) as Response
  return outcome.failure?.code === 'too-many-requests' ? answerProblem(outcome.failure) : answer
}

export { handle as GET, handle as POST }
