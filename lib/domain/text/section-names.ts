import type { OutOfScopeReason } from './model'

/** A section that is not the author's own text. `notes` and `references` hold what citation markers point at. */
export type SectionKind = 'references' | 'notes' | 'further-reading' | 'see-also' | 'external-links'

const names: Record<SectionKind, string> = {
  references:
    'references|reference|reference list|list of references|references and notes|notes and references|sources|works cited|citations|bibliography|einzelnachweise|quellen|quellenangaben|literaturverzeichnis|' +
    'références|notes et références|sources et références|bibliographie|referencias|fuentes|bibliografía|riferimenti|fonti|bibliografia|referências|fontes|bronnen|referenties|noten en referenties|' +
    'примечания|источники|список литературы|сноски|джерела|примітки|przypisy|źródła|kaynakça|kaynaklar|منابع|المراجع|مراجع|المصادر|مصادر|参考文献|参考资料|參考資料|出典|参考資料|참고 문헌|참고문헌|출처|संदर्भ|सन्दर्भ|อ้างอิง|källor|referenser|kilder|referencer|referanser|lähteet',
  notes:
    'notes|footnotes|endnotes|end notes|anmerkungen|fußnoten|notes de bas de page|notas|notas al pie|note|voetnoten|noten|заметки|комментарии и примечания|پانویس|یادداشت‌ها|پی‌نوشت|هوامش|الهوامش|ملاحظات|注释|註釋|脚注|注釈|각주|noter|viitteet',
  'further-reading':
    'further reading|additional reading|recommended reading|suggested reading|literature|literatur|weiterführende literatur|pour aller plus loin|lecturas adicionales|lectura adicional|letture consigliate|leitura adicional|literatuur|verder lezen|литература|література|bibliografie|برای مطالعهٔ بیشتر|کتاب‌شناسی|قراءات إضافية|延伸阅读|延伸閱讀|関連書籍|더 읽을거리',
  'see-also':
    'see also|related articles|related pages|siehe auch|voir aussi|articles connexes|véase también|voci correlate|ver também|zie ook|см. также|див. також|zobacz też|ayrıca bakınız|جستارهای وابسته|انظر أيضا|انظر أيضًا|参见|參見|参看|関連項目|같이 보기|इन्हें भी देखें|ดูเพิ่ม|se även|se også|katso myös',
  'external-links':
    'external links|links|web links|weblinks|liens externes|enlaces externos|collegamenti esterni|ligações externas|externe links|externe link|ссылки|посилання|linki zewnętrzne|dış bağlantılar|پیوند به بیرون|وصلات خارجية|外部链接|外部連結|外部リンク|외부 링크|बाहरी कड़ियाँ|แหล่งข้อมูลอื่น|externa länkar|eksterne henvisninger|eksterne lenker|aiheesta muualla',
}

const kinds = new Map<string, SectionKind>()
for (const kind of ['references', 'notes', 'further-reading', 'see-also', 'external-links'] as const) {
  for (const name of names[kind].split('|')) if (!kinds.has(name)) kinds.set(name, kind)
}

/** The kind of section that a heading announces, or null. Knows some twenty languages; numbering and a closing colon do not matter. */
export function readSectionKind(heading: string): SectionKind | null {
  if (heading.length > 80) return null
  const name = heading
    .replace(/^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]{1,6}\.)\s+/u, '')
    .replace(/\s*[:：]$/u, '')
    .replace(/\s*\[(?:edit|bearbeiten|modifier|editar)\]$/iu, '')
    .trim()
    .toLowerCase()
  return kinds.get(name) ?? null
}

/** Why the sentences of such a section do not count. */
export function sectionReason(kind: SectionKind): OutOfScopeReason {
  return kind === 'see-also' || kind === 'external-links' ? 'link-list' : 'reference-list'
}

/**
 * Whether an entry looks like a bibliographic reference: an address, a DOI, a year in brackets or at the end, "Retrieved", page numbers,
 * a volume, or a quoted title.
 */
export function looksLikeReference(text: string): boolean {
  const sample = text.slice(0, 600)
  if (/https?:\/\/|www\.|\bdoi\b|\bISBN\b|\b10\.\d{4,5}\//i.test(sample)) return true
  if (
    /\b(?:retrieved|archived|accessed|abgerufen|consulté|consultado|ed\.|eds\.|pp?\.\s?\d|vol\.\s?\d|no\.\s?\d)/i.test(
      sample,
    )
  )
    return true
  if (/[(,.]\s?(?:1[5-9]|20)\d{2}[a-z]?[),.;:]{0,2}(?:\s|$)/.test(sample)) return true
  if (/\b\d{1,2}\s\p{L}{3,9}\s(?:19|20)\d{2}\b|\b\p{L}{3,9}\s(?:\d{1,2},\s)?(?:19|20)\d{2}\b/u.test(sample)) return true
  return /^(?:\S{1,6}\s)?["“«‘'„]/.test(sample) && sample.length < 400
}
