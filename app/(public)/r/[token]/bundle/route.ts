import { DomainError } from '@/lib/domain/errors'
import { callerOf } from '@/lib/server/auth/address'
import { readPublishedBundle, limitPublicReading } from '@/lib/server/frozen-reports/published'
import { answerProblem, answerDownload } from '@/lib/server/http/answers'

/** The bundle of a published report, for anyone who has the link. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    await limitPublicReading(callerOf(request.headers))
    const found = await readPublishedBundle((await params).token)
    if (found === null)
      throw new DomainError(
        'not-found',
        'There is no bundle at this link: it was never made, or its report was withdrawn.',
      )
    const answer = answerDownload(found.file, request)
    if (!found.indexed) answer.headers.set('x-robots-tag', 'noindex')
    return answer
  } catch (error) {
    return answerProblem(error)
  }
}
