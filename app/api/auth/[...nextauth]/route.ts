import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { callerOf } from '@/lib/server/auth/address'
import { deviceCookieName, setCookie, deviceLife, makeDevice } from '@/lib/server/auth/cookies'
import { DomainError } from '@/lib/domain/errors'
import { namesOwnHost } from '@/lib/server/http/same-origin'
import { authOptions, type SignInOutcome } from '@/lib/server/auth/options'
import { admitOidc } from '@/lib/server/invitations/accept'
import { answerProblem } from '@/lib/server/http/answers'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

/** Whether next-auth can read the body: it fails at invalid JSON. */
async function isReadable(request: NextRequest): Promise<boolean> {
  if (request.method !== 'POST' || !/\bjson\b/i.test(request.headers.get('content-type') ?? '')) return true
  try {
    await request.clone().json()
    return true
  } catch {
    return false
  }
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  if (!namesOwnHost(request.headers))
    return answerProblem(
      new DomainError(
        'malformed',
        'This is not the address that the server was set up with. Set PUBLIC_URL to the address that people use.',
      ),
    )
  // next-auth has its own scripts write to the server's log here. None of them is used, and anyone could write to it.
  if ((await context.params).nextauth[0] === '_log')
    return answerProblem(new DomainError('not-found', 'There is no such path.'))
  if (!(await isReadable(request)))
    return answerProblem(new DomainError('malformed', 'The body is not valid JSON. Send valid JSON, or a form.'))
  const outcome: SignInOutcome = {}
  const device = request.cookies.get(deviceCookieName())?.value
  const options = authOptions({ caller: callerOf(request.headers), device, outcome, admitOidc })
  const answer: unknown = await NextAuth(request, context, options)
  if (!(answer instanceof Response)) throw new Error('next-auth gave no answer.')
  if (outcome.failure?.code === 'too-many-requests') return answerProblem(outcome.failure)
  if (outcome.user !== undefined)
    answer.headers.append('set-cookie', setCookie(deviceCookieName(), makeDevice(outcome.user.email), deviceLife))
  return answer
}

export { handle as GET, handle as POST }
