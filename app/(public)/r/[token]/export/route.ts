import { z } from 'zod'
import { DomainError } from '@/lib/domain/errors'
import { exportFormatNames } from '@/lib/domain/report-exports/formats'
import { callerOf } from '@/lib/server/auth/address'
import { limitPublicReading } from '@/lib/server/frozen-reports/published'
import { answerProblem, answerDownload } from '@/lib/server/http/answers'
import { readPublishedExported, limitExports } from '@/lib/server/report-exports/data'
import { writeExport } from '@/lib/server/report-exports/write-export'

const formatSchema = z.enum(exportFormatNames)

/** A published report as a file, for anyone who has the link. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const caller = callerOf(request.headers)
    await limitPublicReading(caller)
    const format = formatSchema.safeParse(new URL(request.url).searchParams.get('format'))
    if (!format.success)
      throw new DomainError('invalid', `Name a format: ?format= with one of ${exportFormatNames.join(', ')}.`)
    const found = await readPublishedExported((await params).token)
    if (found === null) {
      throw new DomainError(
        'not-found',
        'There is no report at this link: it was never made, or its report was withdrawn.',
      )
    }
    if (!caller.isShared) await limitExports(caller.address)
    const answer = answerDownload(await writeExport(found.exported, format.data), request)
    if (!found.indexed) answer.headers.set('x-robots-tag', 'noindex')
    return answer
  } catch (error) {
    return answerProblem(error)
  }
}
