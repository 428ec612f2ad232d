/**
 * Words that end in a full stop without ending a sentence, by language. Lists are lower case and without the stop.
 * Chosen by hand from common usage; a missing entry costs one sentence boundary, nothing else.
 */

/** Never end a sentence: titles before a name, and words that introduce what follows. */
const leading: Record<string, string> = {
  en: 'mr mrs ms mx dr prof gen sen rep gov lt col capt cpl sgt maj adm cmdr rev fr hon messrs supt pres e.g i.e cf vs v viz esp',
  de: 'hr fr dr prof dipl ing bzw z.b d.h u.a v.a s.o s.u vgl ggf evtl inkl exkl sog st co i.d.r z.t bes d.i med phil jur rer nat habil h.c z.hd i.a i.v m.e u.u dipl.-ing skt bzgl gem',
  fr: 'm mm mme mlle mgr dr pr me st ste p.ex cf c.-à-d env av c.à.d',
  es: 'sr sra srta srs d dª dr dra prof lic ing gral cap p.ej cf av ud uds vd mons arq exc excmo excma hnos',
  it: 'sig sig.ra dott dott.ssa prof prof.ssa avv ing on mons p.es cfr ecc.mo es ad.es geom rag',
  pt: 'sr sra srta dr dra prof profa eng gen cel cap p.ex cf av exmo',
  nl: 'dhr mevr mw dr prof ir ing drs mr bijv d.w.z o.a m.a.w n.a.v t.o.v t/m vgl',
  ru: 'ул им проф акад д-р т.е т.к св см ср стр гл рис табл ст д пр-т пл т.н корп просп гр-н г-н г-жа',
  uk: 'м вул ім проф акад д-р т.зв св див с',
  pl: 'np tzn tj dr prof inż mgr św ul al gen płk por zob im ks m.in tzw dyr red ppłk mjr kpt ppor prok',
  sv: 'dr prof bl.a t.ex d.v.s s.k f.d fr.o.m t.o.m',
  da: 'dr prof bl.a f.eks dvs s.k skt hr fru',
  nb: 'dr prof bl.a f.eks dvs s.k skt hr fru',
  cs: 'ing mgr dr prof tzv např tj ul sv',
  tr: 'dr prof doç av sn örn bkz vb yrd alb',
  hi: 'डॉ श्री प्रो पं',
  ar: 'د أ م',
  fa: 'دکتر آ',
  el: 'κ κα δρ π.χ δηλ βλ',
  vi: 'tp ts gs pgs ths',
  ro: 'dl dna dr prof ing str',
  hu: 'dr prof ill ún',
  bg: 'г-н г-жа проф д-р ул т.е',
}

/** Do not end a sentence before a number: "No. 5", "pp. 12". */
const beforeNumber: Record<string, string> = {
  en: 'no nos nr vol vols p pp fig figs art arts sec secs ch chap ca c approx ed eds est b d fl par para pt ver eq ref jan feb mar apr jun jul aug sep sept oct nov dec',
  de: 'nr s bd art abs kap abb ca geb gest jh tel ziff jan feb mär apr jun jul aug sept okt nov dez str bl hs az rn rdnr',
  fr: 'n no p pp vol art chap fig env tél janv févr juil sept oct nov déc',
  es: 'n núm p pág págs vol art cap fig aprox tel',
  it: 'n p pag pagg vol art cap fig ca',
  pt: 'n núm p pág vol art cap fig aprox',
  nl: 'nr p blz art ca hfst afb',
  ru: 'с стр т гл рис № п ст ок',
}

/** May end a sentence: only the next word tells. */
const either: Record<string, string> = {
  en: 'st mt inc ltd co corp llc plc bros jr sr esq a.m p.m ph.d m.d b.a m.a b.sc m.sc ll.b d.c al dept univ assn ave blvd rd sq ft bldg gov’t govt int’l intl jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun a.d b.c b.c.e c.e approx est ed eds trans',
  de: 'usw etc u.s.w ca jh mio mrd str u.ä o.ä u.dgl n.chr v.chr a.d e.v',
  fr: 'cie ltée s.a etc',
  es: 's.a ee.uu cía etc',
  it: 's.p.a s.r.l ecc',
  pt: 's.a ltda etc',
  ru: 'г гг вв в с руб коп млн млрд тыс др пр н.э т.д т.п',
  uk: 'р рр ст млн млрд тис грн ін',
  pl: 'r w wiek mln mld tys itp itd',
}

/** Words behind a year, which end the sentence when a capital follows: "в 2023 г. Мэр". */
const afterYear: Record<string, string> = { ru: 'г гг', uk: 'р рр', pl: 'r' }

/** Words that far more often start a sentence than follow an abbreviation inside one; written as at a sentence start. */
const starters: Record<string, string> = {
  en: 'The This That These Those It Its He She They We You I His Her Their Our My A An In On At By For From With Without But And Or Yet So However Although Though While When Where Why How Who What Which If As After Before Since Because Until Despite During Under Over Between Among Both Each Every Some Many Most All None No Not Nor Then There Here Thus Hence Therefore Moreover Meanwhile Nevertheless Still Also Even Only Once To Critics Officials Experts Yesterday Today Tomorrow Later Earlier Did Do Does Nobody Everyone Everybody Someone Anyone Nothing Everything Something Millions Thousands Hundreds Dozens People Others Another Such Same Several Few According Following Instead Perhaps Maybe Please Just Now Soon Again Yes Almost Nearly About Around',
  de: 'Der Die Das Den Dem Des Ein Eine Einen Einem Er Sie Es Wir Ihr Ich Dies Diese Dieser Dieses In Im Am An Auf Bei Mit Nach Von Vor Zu Zum Zur Für Aus Über Unter Und Aber Oder Doch Denn Wenn Als Da Dann Danach So Wie Was Wer Wo Auch Nur Seit Trotz Nicht Kein Keine Man Dort Hier Heute Gestern Jetzt Bald Später Früher Damals Deshalb Daher Darum Außerdem Allerdings Jedoch Dennoch Trotzdem Zudem Sogar Schon Noch Immer Nie Manche Viele Einige Mehrere Alle Beide Jeder Jede Jedes Sein Seine Seinen Ihre Ihren Unser Unsere Mein Meine Dabei Dafür Dagegen Damit Daran Darauf Darin Davon Davor Dazu Warum Wann Welche Welcher Obwohl Während Nachdem Bevor Weil Ob Laut Gegen Ohne Bis Durch Um Zwischen Niemand Jemand Nichts Etwas Diesen Diesem Jene Ja Nein',
  fr: 'Le La Les L’ Un Une Des Ce Cet Cette Ces Il Elle Ils Elles Nous Vous Je On En Au Aux Dans Sur Pour Par Avec Sans Mais Et Ou Donc Or Si Quand Comme Après Avant Depuis Selon Son Sa Ses D’une D’un C’est Cela Ceci Cependant Pourtant Ainsi Alors Aussi Enfin Puis Ensuite Mon Ma Mes Notre Votre Leur Leurs Tout Toute Tous Toutes Aucun Aucune Chaque Plusieurs Certains Qui Que Pourquoi Comment Où Entre Sous Vers Chez Hier Aujourd’hui Demain Personne',
  es: 'El La Los Las Un Una Este Esta Estos Estas Eso En Con Por Para Según Sin Pero Y O Si Cuando Como Después Antes Desde Su Sus No Se Lo Al Ellos Ella Esos Esas Ese Esa Aquel Él Nosotros Ustedes Yo Tú Todo Todos Toda Todas Nadie Nada Algunos Muchos Muchas Mientras Aunque Porque Entre Sobre Hasta Hacia Durante Ayer Hoy Mañana Ahora Luego Entonces También Además',
  it: 'Il Lo La I Gli Le Un Una Questo Questa In Nel Con Per Ma E Se Quando Come Dopo Non Si Lui Lei Loro Noi Voi Io Questi Queste Quello Quella Quelli Tutti Tutto Nessuno Alcuni Molti Mentre Anche Ancora Poi Allora Così Ieri Oggi Domani Ora Al Alla Ai Agli Alle Dal Dalla Del Della Dei Degli Delle Nella Nei Nelle Sul Sulla Tra Fra Da Di A Su Secondo Prima Perché Chi Che',
  pt: 'O A Os As Um Uma Este Esta Isso Em No Na Com Por Para Mas E Se Quando Como Depois Não',
  nl: 'De Het Een Dit Dat Deze Die Hij Zij Ze We Wij Ik In Op Aan Bij Met Van Voor Maar En Of Als Toen Na Er Ook Niet',
  ru: 'Он Она Оно Они Это Этот Эта Эти В Во На Но И А Я Мы Вы По С Со К Из За О Об У Для При Как Когда Если Однако После До Также Его Её Их Не Так Тогда Там Сейчас Теперь Вчера Сегодня Завтра Затем Потом Кроме Кто Что Где Почему Все Всё Каждый Многие Некоторые Никто Ничего Наш Ваш Мой Ещё Уже Между Через Под Над Среди Согласно',
  uk: 'Він Вона Воно Вони Це Цей У В На Але І А Я Ми Ви По З Як Коли Якщо Однак Після Не',
  pl: 'On Ona Ono Oni To Ten Ta W Na Ale I A Po Z Jak Kiedy Jeśli Jednak Nie Za Do',
  tr: 'Sonra Bu Şu O Ve Ama Ancak Daha Bir Biz Ben Sen Siz Onlar Şimdi Çünkü Fakat Ayrıca Bunun Bunlar Burada Orada Dün Bugün Yarın Kim Ne Nasıl Neden Her Hiç Hepsi Herkes Kimse Eğer Böylece Yine',
  da: 'Den Det De Der Han Hun Jeg Vi En Et Og Men Eller Hvis Når Som I På Til Fra Med For Efter Etter Før Siden Nu Nå Så Ikke Her Dette Denne Disse',
  nb: 'Den Det De Der Han Hun Jeg Vi En Et Og Men Eller Hvis Når Som I På Til Fra Med For Efter Etter Før Siden Nu Nå Så Ikke Her Dette Denne Disse',
  no: 'Den Det De Der Han Hun Jeg Vi En Et Og Men Eller Hvis Når Som I På Til Fra Med For Efter Etter Før Siden Nu Nå Så Ikke Her Dette Denne Disse',
  sv: 'Den Det De Han Hon Jag Vi En Ett Och Men Eller Om När Som I På Till Från Med För Efter Före Nu Så Inte Här Detta Denna Dessa',
  cs: 'To Ten Ta Tento Tato Toto On Ona Ono Oni My Vy Já V Na Po Z Ze S Se K Ke Do Od Pro Při Ale A I Když Pokud Jak Kdo Co Kde Proč Už Jen Také Však',
}

/** Languages that write an ordinal number with a full stop: "am 3. Oktober". */
const ordinalLanguages = new Set('de da nb nn no fi cs sk sl hr sr bs hu et lv is fo lb pl tr'.split(' '))

/** The sentence rules of one language. Words are lower case, except `starters`, which are as written. */
export interface LanguageRules {
  leading: ReadonlySet<string>
  beforeNumber: ReadonlySet<string>
  either: ReadonlySet<string>
  starters: ReadonlySet<string>
  afterYear: ReadonlySet<string>
  ordinals: boolean
  /** Whether a colon ends sentences, as Armenian is often typed. */
  colonEnds: boolean
}

const cache = new Map<string, LanguageRules>()

function collect(table: Record<string, string>, language: string): ReadonlySet<string> {
  const words = (key: string) => (table[key] ?? '').split(' ').filter((word) => word !== '')
  return new Set([...words('en'), ...(language === 'en' ? [] : words(language))])
}

/**
 * The rules for a BCP 47 language. The English lists are always included, because names and titles occur in every language; an unknown language gets
 * them alone. English starters are left out where the language has its own.
 */
export function languageRules(language: string): LanguageRules {
  const base = language.toLowerCase().split('-')[0] ?? 'en'
  const known = cache.get(base)
  if (known) return known
  const own = starters[base]
  const rules: LanguageRules = {
    leading: collect(leading, base),
    beforeNumber: collect(beforeNumber, base),
    either: collect(either, base),
    starters: new Set((own ?? starters.en ?? '').split(' ')),
    afterYear: new Set((afterYear[base] ?? '').split(' ')),
    ordinals: ordinalLanguages.has(base),
    colonEnds: base === 'hy',
  }
  cache.set(base, rules)
  return rules
}
