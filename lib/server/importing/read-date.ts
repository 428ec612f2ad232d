const monthNames: string[] = [
  'january jan januar janvier janv enero ene gennaio gen janeiro januari января январь січня stycznia ocak',
  'february feb februar février févr fevrier febrero febbraio fevereiro fev februari февраля февраль лютого lutego şubat',
  'march mar märz mrz mars marzo março maart марта март березня marca mart',
  'april apr avril avr abril abr aprile апреля апрель квітня kwietnia nisan',
  'may mai mayo maggio mag maio mei мая май травня maja mayıs maj',
  'june jun juni juin junio giugno giu junho июня июнь червня czerwca haziran',
  'july jul juli juillet juil julio luglio lug julho июля июль липня lipca temmuz',
  'august aug août aout agosto ago augustus августа август серпня sierpnia ağustos augusti',
  'september sep sept septembre septiembre settembre set setembro сентября сентябрь вересня września eylül',
  'october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь жовтня października ekim',
  'november nov novembre noviembre novembro ноября ноябрь листопада listopada kasım',
  'december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro декабря декабрь грудня grudnia aralık',
]

const months = new Map<string, number>()
monthNames.forEach((names, at) => {
  for (const name of names.split(' ')) if (!months.has(name)) months.set(name, at + 1)
})

function makeDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (year < 1400 || year > 2200 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

/**
 * The first complete date in a short text as "YYYY-MM-DD": ISO ("2024-03-05T…"), "5 March 2024", "March 5, 2024", "5. März 2024", "2024年3月5日",
 * "5.3.2024". Dates such as 3/4/2024 are skipped, because their month is ambiguous. Null without a date. Time zones are not applied: the day stays as
 * written.
 */
export function readDate(text: string): string | null {
  const sample = text.slice(0, 300)
  const iso =
    /(?:^|\D)(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(sample) ??
    /(?:^|\D)(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]/.exec(sample)
  if (iso) return makeDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  for (const match of sample.matchAll(
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s(?:de\s)?(\p{L}{3,12})\.?,?\s(?:de\s)?(\d{4})(?!\d)/giu,
  )) {
    const month = months.get((match[2] ?? '').toLowerCase())
    if (month) return makeDate(Number(match[3]), month, Number(match[1]))
  }
  for (const match of sample.matchAll(/(\p{L}{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\d)/giu)) {
    const month = months.get((match[1] ?? '').toLowerCase())
    if (month) return makeDate(Number(match[3]), month, Number(match[2]))
  }
  const dotted = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/.exec(sample)
  return dotted ? makeDate(Number(dotted[3]), Number(dotted[2]), Number(dotted[1])) : null
}
