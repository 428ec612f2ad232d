/** The kind of content in a group of the file, other than running text. */
export type Destination =
  | 'text'
  /** An unknown optional group; groups in it may be known. */
  | 'unknown'
  /** Never text, including all nested groups. */
  | 'dropped'
  | 'fonts'
  | 'styles'
  | 'title'
  | 'author'
  | 'instruction'
  | 'marker'
  | 'note'

/** Words that begin groups without text. */
export const dropped = new Set(
  'colortbl pict object objdata header footer headerl headerr headerf footerl footerr footerf themedata colorschememapping datastore latentstyles listtable listoverridetable rsidtbl generator xmlnstbl filetbl revtbl bkmkstart bkmkend nonshppict template pnseclvl fldtype datafield mmathPr wgrffmtfilter company annotation operator keywords comment doccomm category manager subject creatim revtim printim buptim'.split(
    ' ',
  ),
)

/** The content of groups that begin with these words. */
export const destinations: Partial<Record<string, Destination>> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  info: 'unknown',
  title: 'title',
  author: 'author',
  shptxt: 'text',
  result: 'text',
  listtext: 'marker',
  pntext: 'marker',
  fldinst: 'instruction',
  fldrslt: 'text',
  footnote: 'note',
}

/** Words and signs for single characters. */
export const signs: Partial<Record<string, string>> = {
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
  tab: '\t',
  '~': '\u00a0',
  _: '\u2011',
  '-': '\u00ad',
}

/** The encodings of fonts by the number of their character set. */
export const codePages: Partial<Record<number, string>> = {
  128: 'shift_jis',
  129: 'cp949',
  134: 'gbk',
  136: 'big5',
  161: 'cp1253',
  162: 'cp1254',
  163: 'cp1258',
  177: 'cp1255',
  178: 'cp1256',
  186: 'cp1257',
  204: 'cp1251',
  222: 'cp874',
  238: 'cp1250',
}
