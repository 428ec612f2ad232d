/** A document's details, as a form holds them. */
export interface DetailValues {
  title: string
  author: string
  /** YYYY, YYYY-MM or YYYY-MM-DD, or empty. */
  publishedOn: string
  /** BCP 47; `und` or empty when unknown. */
  language: string
  url: string
}

export type DetailErrors = Partial<Record<keyof DetailValues, string>>

/** The details as the API takes them: trimmed, with null for an empty date and `und` for an unknown language. */
export function detailsOf(values: DetailValues): {
  title: string
  author: string
  publishedOn: string | null
  language: string
  url: string
} {
  const publishedOn = values.publishedOn.trim()
  return {
    title: values.title.trim(),
    author: values.author.trim(),
    publishedOn: publishedOn === '' ? null : publishedOn,
    language: values.language.trim() === '' ? 'und' : values.language.trim(),
    url: values.url.trim(),
  }
}

/** Problems that the server would refuse as well, by field; empty when there are none. */
export function detailProblems(values: DetailValues): DetailErrors {
  const { title, publishedOn, language, url } = detailsOf(values)
  return {
    ...(title === '' ? { title: 'Give the document a title.' } : {}),
    ...(publishedOn !== null && !isPartialDate(publishedOn)
      ? { publishedOn: 'Write a date that the calendar has, as 2025, 2025-03 or 2025-03-14.' }
      : {}),
    ...(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language)
      ? {}
      : { language: 'Write a language as en, fa or pt-BR.' }),
    ...(url !== '' && !(/^https?:\/\//i.test(url) && URL.canParse(url))
      ? { url: 'Write a web address in full, such as https://example.org/page.' }
      : {}),
  }
}

function isPartialDate(text: string): boolean {
  if (!/^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$/.test(text)) return false
  if (text.length < 10) return true
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** The server's refusals by field; those that belong to no field are left to the caller. */
export function detailErrorsOf(fields: readonly { path: string; message: string }[]): DetailErrors {
  const errors: DetailErrors = {}
  for (const { path, message } of fields) {
    const name = path.split('.').at(-1)
    if (name === 'title' || name === 'author' || name === 'publishedOn' || name === 'language' || name === 'url')
      errors[name] ??= message
  }
  return errors
}
