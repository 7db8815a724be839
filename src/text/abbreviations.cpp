#include "text/abbreviations.h"

#include <algorithm>
#include <array>
#include <span>

namespace tidings::text {
namespace {

using Words = std::span<const std::string_view>;

// Sorted, lower case, without the last point.
// clang-format off
constexpr auto kEnglishBeforeNames = std::to_array<std::string_view>({
    "adm", "amb", "approx", "atty", "brig", "capt", "cf", "cmdr", "col", "cpl", "det", "dist",
    "dr", "e.g", "fr", "gen", "gov", "hon", "hrh", "i.e", "insp", "lt", "maj", "messrs", "mlle",
    "mme", "mr", "mrs", "ms", "mt", "mx", "pres", "prof", "pvt", "rep", "rev", "rt", "sec.gen",
    "sen", "sgt", "st", "ste", "supt", "viz", "vs"});
constexpr auto kEnglishBeforeNumbers = std::to_array<std::string_view>({
    "apt", "art", "arts", "ch", "chap", "ed", "eq", "ex", "ext", "fig", "figs", "no", "nos", "p",
    "par", "para", "paras", "pg", "pp", "rm", "rs", "sec", "sect", "tel", "vol", "vols"});
constexpr auto kEnglishAnywhere = std::to_array<std::string_view>({
    "a.m", "al", "ala", "apr", "ariz", "ark", "assn", "assoc", "asst", "aug", "ave", "avg", "b.a",
    "b.sc", "bart", "bldg", "blvd", "bros", "btw", "calif", "cie", "co", "colo", "conn", "corp",
    "d.c", "dec", "del", "dept", "e.u", "esq", "est", "etc", "f.e", "feb", "fla", "fri", "ft",
    "ga", "hr", "hrs", "hwy", "inc", "intl", "jan", "jr", "jul", "jun", "kan", "ky", "lb", "lbs",
    "llc", "ltd", "m.a", "m.d", "m.sc", "mar", "md", "med", "mfg", "mgr", "mich", "min", "minn",
    "misc", "mo", "mon", "mont", "natl", "neb", "nev", "nov", "oct", "okla", "ont", "oz", "p.m",
    "ph.d", "plc", "que", "rd", "ref", "sci", "sep", "sept", "sq", "sr", "tenn", "tex", "thu",
    "thur", "thurs", "tue", "tues", "u.k", "u.n", "u.s", "u.s.a", "univ", "va", "vt", "wash",
    "wis", "wyo"});
constexpr auto kEnglishOpeners = std::to_array<std::string_view>({
    "a", "about", "after", "again", "all", "also", "although", "among", "an", "and", "another",
    "any", "are", "as", "at", "because", "before", "both", "but", "by", "can", "could", "despite",
    "did", "do", "does", "during", "each", "earlier", "even", "every", "few", "first", "for",
    "from", "had", "has", "have", "he", "her", "here", "his", "how", "however", "i", "i'm", "i've",
    "if", "in", "instead", "is", "it", "it's", "its", "just", "last", "later", "many", "meanwhile",
    "more", "most", "my", "next", "no", "none", "not", "now", "of", "on", "once", "one", "only",
    "or", "other", "others", "our", "out", "over", "perhaps", "several", "she", "should", "since",
    "so", "some", "soon", "still", "such", "that", "that's", "the", "their", "then", "there",
    "there's", "these", "they", "they're", "this", "those", "though", "through", "thus", "to",
    "today", "tomorrow", "two", "under", "until", "was", "we", "we're", "were", "what", "when",
    "where", "which", "while", "who", "why", "will", "with", "without", "would", "yes",
    "yesterday", "yet", "you", "your"});

constexpr auto kGermanBeforeNames = std::to_array<std::string_view>({
    "abzgl", "bes", "bspw", "bzw", "d.h", "dipl", "dr", "evtl", "exkl", "fr", "geb", "gen", "gest",
    "ggf", "habil", "hl", "hon", "hr", "i.d.r", "ing", "inkl", "insb", "jur", "mag", "med",
    "mio.eur", "nat", "o.g", "phil", "prof", "rd", "rer", "s.o", "s.u", "sog", "st", "u.a", "u.u",
    "v.a", "verh", "vgl", "z.b", "z.t", "z.zt", "zzgl"});
constexpr auto kGermanBeforeNumbers = std::to_array<std::string_view>({
    "abb", "abs", "anm", "art", "aufl", "bd", "bl", "ca", "jg", "kap", "lfd", "nr", "nrn", "s",
    "tab", "tel", "ziff", "§"});
constexpr auto kGermanAnywhere = std::to_array<std::string_view>({
    "abt", "allg", "apr", "aug", "bzgl", "co", "corp", "dez", "di", "einschl", "etc", "feb",
    "gegr", "gmbh", "inc", "jan", "jh", "jhdt", "jr", "jul", "jun", "kg", "ltd", "min", "mio",
    "mo", "mrd", "mär", "n.chr", "nov", "okt", "sa", "sek", "sep", "sept", "sr", "std", "str",
    "tsd", "u.s", "u.s.a", "univ", "usw", "v.chr"});
constexpr auto kGermanOpeners = std::to_array<std::string_view>({
    "ab", "aber", "alle", "allerdings", "als", "also", "am", "an", "auch", "auf", "aus",
    "außerdem", "bei", "bereits", "bis", "da", "dabei", "dafür", "dagegen", "daher", "damit",
    "danach", "dann", "daran", "darauf", "darum", "das", "dass", "dazu", "dem", "den", "denn",
    "der", "des", "deshalb", "die", "dies", "diese", "dieser", "dieses", "doch", "dort", "drei",
    "ein", "eine", "einem", "einen", "einer", "eines", "er", "erst", "es", "etwa", "für", "gegen",
    "gestern", "heute", "hier", "ich", "ihr", "ihre", "im", "immer", "in", "ist", "jede", "jeder",
    "jetzt", "kein", "keine", "man", "mehr", "mit", "morgen", "nach", "nachdem", "neben", "nicht",
    "nichts", "noch", "nun", "nur", "ob", "obwohl", "oder", "ohne", "schon", "sein", "seine",
    "seit", "seitdem", "sich", "sie", "sind", "so", "solche", "trotz", "trotzdem", "um", "und",
    "uns", "unser", "unter", "viele", "vielmehr", "vom", "von", "vor", "war", "warum", "was",
    "weil", "weiter", "welche", "wenn", "wer", "wie", "wir", "wird", "wo", "während", "zu",
    "zudem", "zum", "zunächst", "zur", "zuvor", "zwar", "zwei", "zwischen", "über"});

constexpr auto kFrenchBeforeNames = std::to_array<std::string_view>({
    "adj", "c.-à-d", "cf", "dr", "env", "gén", "hab", "lt", "m", "mgr", "mlle", "mlles", "mm",
    "mme", "mmes", "n°", "p.ex", "pr", "réf", "sgt", "st", "ste", "tél", "vve", "éd"});
constexpr auto kFrenchBeforeNumbers = std::to_array<std::string_view>({
    "al", "ann", "art", "chap", "fig", "n", "no", "nos", "p", "pp", "t", "tome", "vol"});
constexpr auto kFrenchAnywhere = std::to_array<std::string_view>({
    "apr", "av", "avr", "bd", "boul", "cie", "corp", "déc", "dép", "etc", "févr", "inc", "j.-c",
    "janv", "jr", "juil", "ltd", "max", "min", "nov", "oct", "sept", "sté", "u.s", "u.s.a"});
constexpr auto kFrenchOpeners = std::to_array<std::string_view>({
    "a", "afin", "ainsi", "alors", "après", "au", "aucun", "aujourd'hui", "auparavant", "aussi",
    "autre", "autres", "aux", "avant", "avec", "beaucoup", "c", "c'est", "car", "ce", "cela",
    "celle", "celui", "certains", "ces", "cet", "cette", "ceux", "chaque", "comme", "comment", "d",
    "dans", "de", "depuis", "dernier", "des", "deux", "du", "dès", "elle", "elles", "en", "encore",
    "enfin", "ensuite", "entre", "est", "et", "eux", "hier", "il", "ils", "j", "je", "jusqu", "l",
    "la", "le", "les", "leur", "leurs", "lors", "lorsque", "lui", "là", "mais", "malgré", "mes",
    "mon", "même", "n", "ne", "ni", "non", "nos", "notre", "nous", "on", "or", "ou", "où", "par",
    "parce", "parmi", "pas", "pendant", "peu", "plus", "plusieurs", "pour", "pourquoi", "près",
    "puis", "qu", "quand", "quant", "que", "quel", "quelle", "quelques", "qui", "quoi", "s", "sa",
    "sans", "se", "selon", "ses", "seul", "si", "sinon", "son", "sous", "sur", "surtout", "ta",
    "tandis", "tant", "tous", "tout", "toute", "toutefois", "toutes", "trois", "très", "tu", "un",
    "une", "vers", "voici", "voilà", "vos", "votre", "vous", "y"});

constexpr auto kSpanishBeforeNames = std::to_array<std::string_view>({
    "aprox", "arq", "av", "avda", "cf", "cnel", "d", "dr", "dra", "drs", "dª", "excma", "excmo",
    "fdo", "gral", "ilma", "ilmo", "ing", "lic", "mons", "p.ej", "prof", "profa", "pza", "sr",
    "sra", "sras", "sres", "srta", "sta", "sto", "tel", "tte", "ud", "uds", "vd", "vds"});
constexpr auto kSpanishBeforeNumbers = std::to_array<std::string_view>({
    "art", "arts", "cap", "fig", "n", "nº", "núm", "p", "pp", "pág", "págs", "tomo", "vol"});
constexpr auto kSpanishAnywhere = std::to_array<std::string_view>({
    "a.c", "a.m", "aa", "abr", "ago", "corp", "cía", "d.c", "depto", "dic", "dpto", "ee", "ee.uu",
    "ene", "etc", "feb", "ff", "hh", "hnos", "inc", "jj", "jr", "jul", "jun", "ltd", "ltda", "may",
    "min", "máx", "nov", "oct", "oo", "p.m", "rr", "s.a", "s.l", "sep", "sept", "uu"});
constexpr auto kSpanishOpeners = std::to_array<std::string_view>({
    "a", "además", "ahora", "al", "algo", "algunas", "algunos", "allí", "ante", "antes", "aquel",
    "aquella", "aquí", "así", "aun", "aunque", "ayer", "aún", "bajo", "cada", "casi", "como",
    "con", "contra", "cual", "cuando", "cuatro", "cuál", "cuándo", "cómo", "de", "del", "dentro",
    "desde", "después", "donde", "dos", "durante", "dónde", "e", "el", "ella", "ellas", "ellos",
    "en", "entonces", "entre", "era", "es", "esa", "esas", "ese", "eso", "esos", "esta", "estaba",
    "estas", "este", "esto", "estos", "está", "fue", "ha", "había", "hace", "hacia", "han",
    "hasta", "hay", "hoy", "incluso", "la", "las", "le", "les", "lo", "los", "luego", "mañana",
    "me", "mi", "mientras", "mucho", "muchos", "muy", "más", "nada", "ni", "ningún", "no", "nos",
    "nosotros", "nuestra", "nuestro", "o", "otra", "otras", "otro", "otros", "para", "pero",
    "poco", "por", "porque", "pues", "que", "quien", "quienes", "quién", "qué", "se", "según",
    "ser", "si", "sin", "sino", "sobre", "solo", "son", "su", "sus", "sí", "sólo", "también",
    "tampoco", "tan", "tanto", "te", "tiene", "todas", "todavía", "todo", "todos", "tras", "tres",
    "tu", "un", "una", "uno", "unos", "y", "ya", "yo", "él", "ésta", "éste"});

constexpr auto kItalianBeforeNames = std::to_array<std::string_view>({
    "arch", "avv", "ca", "cfr", "col", "don", "dott", "dott.ssa", "egr", "es", "gent", "geom",
    "ing", "mons", "on", "p.es", "prof", "prof.ssa", "rag", "s", "sen", "sig", "sig.ra", "sigg",
    "spett", "ss", "tel", "ten"});
constexpr auto kItalianBeforeNumbers = std::to_array<std::string_view>({
    "art", "artt", "cap", "co", "fig", "n", "nn", "p", "pag", "pagg", "pp", "tab", "vol"});
constexpr auto kItalianAnywhere = std::to_array<std::string_view>({
    "a.c", "ago", "apr", "corp", "d.c", "dic", "ecc", "etc", "f.lli", "feb", "gen", "giu", "inc",
    "jr", "ltd", "lug", "mag", "mar", "max", "min", "nov", "ott", "s.p.a", "s.r.l", "set", "sett"});
constexpr auto kItalianOpeners = std::to_array<std::string_view>({
    "a", "ad", "adesso", "ai", "al", "alcune", "alcuni", "all", "alla", "alle", "allora", "altre",
    "altri", "anche", "ancora", "appena", "c", "che", "chi", "ci", "circa", "ciò", "come",
    "comunque", "con", "contro", "così", "cui", "d", "da", "dai", "dal", "dall", "dalla", "dalle",
    "del", "dell", "della", "delle", "dello", "di", "dieci", "dopo", "dove", "due", "dunque",
    "durante", "e", "ed", "era", "gli", "ha", "hanno", "i", "ieri", "il", "in", "infatti",
    "infine", "intanto", "invece", "io", "l", "la", "le", "lei", "lo", "loro", "lui", "ma",
    "mentre", "mi", "molte", "molti", "ne", "negli", "nei", "nel", "nell", "nella", "nelle",
    "nessuno", "noi", "non", "nostra", "nostro", "o", "oggi", "ogni", "ora", "per", "perché",
    "però", "più", "poche", "pochi", "poi", "prima", "proprio", "qualche", "quale", "quando",
    "quanto", "quasi", "quella", "quelle", "quelli", "quello", "quest", "questa", "queste",
    "questi", "questo", "qui", "quindi", "se", "secondo", "sei", "sembra", "senza", "si", "sia",
    "siamo", "solo", "sono", "sotto", "stato", "su", "sua", "sue", "sugli", "sui", "sul", "sull",
    "sulla", "sulle", "suo", "suoi", "tra", "tre", "tutta", "tutte", "tutti", "tutto", "un", "una",
    "uno", "voi", "è"});

constexpr auto kPortugueseBeforeNames = std::to_array<std::string_view>({
    "aprox", "arq", "av", "cel", "cf", "d", "dr", "dra", "dras", "drs", "eng", "exma", "exmo",
    "gen", "ilma", "ilmo", "p.ex", "prof", "profa", "profs", "sgt", "sr", "sra", "sras", "srs",
    "srta", "st", "sta", "sto", "tel", "ten"});
constexpr auto kPortugueseBeforeNumbers = std::to_array<std::string_view>({
    "art", "arts", "cap", "fig", "inc", "n", "nº", "núm", "p", "pp", "pág", "págs", "vol"});
constexpr auto kPortugueseAnywhere = std::to_array<std::string_view>({
    "a.c", "abr", "ago", "cia", "corp", "d.c", "dez", "e.u.a", "etc", "eua", "fev", "jan", "jr",
    "jul", "jun", "ltd", "ltda", "mai", "min", "máx", "nov", "out", "s.a", "set"});
constexpr auto kPortugueseOpeners = std::to_array<std::string_view>({
    "a", "agora", "ainda", "algumas", "alguns", "ali", "além", "ano", "anos", "antes", "ao", "aos",
    "apenas", "após", "aquela", "aquele", "aqui", "as", "assim", "até", "cada", "com", "como",
    "contra", "da", "das", "daí", "de", "dela", "dele", "depois", "desde", "dessa", "desse",
    "desta", "deste", "do", "dois", "dos", "duas", "durante", "e", "ela", "elas", "ele", "eles",
    "em", "embora", "enquanto", "entre", "então", "era", "essa", "essas", "esse", "esses", "esta",
    "estas", "este", "estes", "está", "eu", "foi", "foram", "hoje", "há", "isso", "isto", "já",
    "lá", "mais", "mas", "mesmo", "minha", "muita", "muitas", "muito", "muitos", "na", "nas",
    "nem", "nenhum", "nessa", "nesse", "nesta", "neste", "no", "nos", "não", "nós", "o", "onde",
    "ontem", "os", "ou", "outra", "outras", "outro", "outros", "para", "pela", "pelo", "pois",
    "por", "porque", "portanto", "porém", "pouco", "qual", "quando", "quanto", "que", "quem",
    "sais", "se", "segundo", "seja", "sem", "será", "seu", "seus", "sob", "sobre", "sua", "suas",
    "são", "só", "também", "tem", "três", "tudo", "um", "uma", "umas", "uns", "você", "vários",
    "à", "às", "é"});

constexpr auto kDutchBeforeNames = std::to_array<std::string_view>({
    "bijv", "burg", "bv", "ca", "d.w.z", "dhr", "dr", "drs", "ds", "excl", "gen", "i.v.m", "incl",
    "ing", "ir", "jhr", "kapt", "kol", "lt", "m.a.w", "m.b.t", "mej", "mevr", "mr", "mw", "o.a",
    "o.l.v", "prof", "resp", "sgt", "st", "t.a.v", "t.o.v", "vgl", "z.g", "zgn"});
constexpr auto kDutchBeforeNumbers = std::to_array<std::string_view>({
    "afb", "art", "blz", "deel", "fig", "hfdst", "hfst", "jg", "nr", "nrs", "p", "pag", "pp"});
constexpr auto kDutchAnywhere = std::to_array<std::string_view>({
    "apr", "aug", "b.v", "corp", "dec", "enz", "etc", "feb", "inc", "jan", "jr", "jul", "jun",
    "ltd", "max", "min", "mrt", "n.chr", "n.v", "nov", "okt", "sep", "sept", "sr", "str", "v.chr"});
constexpr auto kDutchOpeners = std::to_array<std::string_view>({
    "aan", "al", "alle", "alleen", "als", "alsof", "andere", "bij", "binnen", "daar", "daarbij",
    "daarna", "daarnaast", "daarom", "dan", "dat", "de", "deze", "die", "dit", "doch", "door",
    "doordat", "drie", "dus", "echter", "een", "eerder", "eerst", "elk", "elke", "en", "er",
    "gisteren", "haar", "had", "hebben", "heeft", "het", "hier", "hij", "hoe", "hoewel", "hun",
    "iedereen", "ik", "in", "inmiddels", "intussen", "is", "ja", "je", "jij", "kan", "maar",
    "meer", "men", "met", "mijn", "morgen", "na", "naar", "naast", "nadat", "nadien", "niet",
    "niets", "nog", "nu", "of", "om", "omdat", "ondanks", "onder", "ons", "onze", "ook", "op",
    "over", "pas", "sinds", "slechts", "sommige", "soms", "staat", "steeds", "te", "tegen",
    "terwijl", "tijdens", "toch", "toen", "tot", "tussen", "twee", "u", "uit", "van", "vandaag",
    "veel", "verder", "volgens", "voor", "vooral", "voordat", "waar", "waarom", "wanneer", "want",
    "was", "wat", "we", "wel", "welke", "werd", "wie", "wij", "wil", "ze", "zelfs", "zij", "zijn",
    "zo", "zoals", "zodat", "zonder", "zou", "zowel"});

constexpr auto kDanishBeforeNames = std::to_array<std::string_view>({
    "bl.a", "ca", "dr", "dvs", "f.eks", "fr", "hhv", "hr", "kgl", "mht", "pga", "prof", "skt",
    "vedr"});
constexpr auto kDanishBeforeNumbers = std::to_array<std::string_view>({
    "art", "kl", "kr", "nr", "pkt", "s", "stk", "tlf"});
constexpr auto kDanishAnywhere = std::to_array<std::string_view>({
    "apr", "aug", "dec", "etc", "feb", "jan", "jul", "jun", "mia", "mio", "nov", "okt", "osv",
    "sep"});
constexpr auto kDanishOpeners = std::to_array<std::string_view>({
    "at", "da", "de", "den", "der", "det", "efter", "en", "et", "for", "fra", "han", "hun", "hvad",
    "hvor", "i", "jeg", "men", "nu", "og", "om", "på", "så", "til", "ved", "vi"});

constexpr auto kSwedishBeforeNames = std::to_array<std::string_view>({
    "bl.a", "ca", "d.v.s", "dr", "dvs", "fr", "fr.o.m", "hr", "prof", "resp", "s.k", "st", "t.ex",
    "t.o.m"});
constexpr auto kSwedishBeforeNumbers = std::to_array<std::string_view>({
    "art", "kap", "kl", "kr", "nr", "s", "tel"});
constexpr auto kSwedishAnywhere = std::to_array<std::string_view>({
    "apr", "aug", "dec", "etc", "feb", "jan", "jul", "jun", "m.m", "milj", "nov", "okt", "osv",
    "sep"});
constexpr auto kSwedishOpeners = std::to_array<std::string_view>({
    "att", "de", "den", "det", "detta", "efter", "en", "ett", "från", "för", "han", "hon", "hur",
    "i", "jag", "men", "nu", "och", "om", "på", "så", "till", "vad", "var", "vi", "vid"});

constexpr auto kPolishBeforeNames = std::to_array<std::string_view>({
    "al", "dr", "gen", "im", "inż", "ks", "m.in", "mgr", "np", "proc", "prof", "płk", "tj", "tzw",
    "ul", "św"});
constexpr auto kPolishBeforeNumbers = std::to_array<std::string_view>({
    "art", "godz", "nr", "ok", "poz", "r", "str", "tel", "tys", "ust"});
constexpr auto kPolishAnywhere = std::to_array<std::string_view>({
    "itd", "itp", "mld", "mln", "zł"});
constexpr auto kPolishOpeners = std::to_array<std::string_view>({
    "a", "ale", "co", "czy", "dla", "do", "gdy", "i", "ich", "jak", "jednak", "już", "kiedy", "na",
    "nie", "o", "od", "on", "ona", "oni", "po", "pod", "przed", "przez", "ta", "tak", "te", "ten",
    "to", "w", "we", "według", "z", "za", "że"});

constexpr auto kCzechBeforeNames = std::to_array<std::string_view>({
    "doc", "dr", "gen", "ing", "judr", "mgr", "mudr", "např", "prof", "resp", "st", "sv", "tj",
    "tzv"});
constexpr auto kCzechBeforeNumbers = std::to_array<std::string_view>({
    "cca", "kč", "odst", "sb", "str", "tab", "tel", "tis", "č", "čl"});
constexpr auto kCzechAnywhere = std::to_array<std::string_view>({
    "apod", "atd", "mil", "mld"});
constexpr auto kCzechOpeners = std::to_array<std::string_view>({
    "a", "aby", "ale", "co", "do", "i", "jak", "je", "jeho", "jsem", "k", "když", "které", "na",
    "není", "o", "od", "on", "po", "podle", "pro", "proto", "s", "se", "tak", "také", "tento",
    "to", "v", "ve", "z", "za", "že"});

constexpr auto kRussianBeforeNames = std::to_array<std::string_view>({
    "акад", "гос", "др", "им", "пос", "пр", "проф", "т.д", "т.е", "т.к", "т.н", "ул"});
constexpr auto kRussianBeforeNumbers = std::to_array<std::string_view>({
    "г", "гл", "млн", "п", "рис", "руб", "ст", "стр", "табл", "тыс"});
constexpr auto kRussianAnywhere = std::to_array<std::string_view>({
    "вв", "гг"});
constexpr auto kRussianOpeners = std::to_array<std::string_view>({
    "а", "в", "во", "вот", "все", "да", "для", "до", "его", "ее", "если", "и", "из", "к", "как",
    "когда", "кто", "мы", "на", "не", "но", "о", "об", "он", "она", "они", "от", "по", "при", "с",
    "со", "так", "там", "то", "ты", "у", "что", "это", "этот", "я"});

constexpr auto kFinnishBeforeNames = std::to_array<std::string_view>({
    "esim", "ks", "mm", "nk", "ns", "prof", "tri", "ts"});
constexpr auto kFinnishBeforeNumbers = std::to_array<std::string_view>({
    "klo", "n", "noin", "nro", "puh", "s"});
constexpr auto kFinnishAnywhere = std::to_array<std::string_view>({
    "jne", "milj", "yms"});
constexpr auto kFinnishOpeners = std::to_array<std::string_view>({
    "ei", "että", "he", "hän", "ja", "jos", "kun", "me", "mutta", "myös", "nyt", "on", "se", "sen",
    "sitten", "tämä", "vaikka"});

// clang-format on

struct Language {
  std::string_view code;
  Words before_names;
  Words before_numbers;
  Words anywhere;
  Words openers;
};

constexpr std::array kLanguages = {
    Language{"en", kEnglishBeforeNames, kEnglishBeforeNumbers, kEnglishAnywhere, kEnglishOpeners},
    Language{"de", kGermanBeforeNames, kGermanBeforeNumbers, kGermanAnywhere, kGermanOpeners},
    Language{"fr", kFrenchBeforeNames, kFrenchBeforeNumbers, kFrenchAnywhere, kFrenchOpeners},
    Language{"es", kSpanishBeforeNames, kSpanishBeforeNumbers, kSpanishAnywhere, kSpanishOpeners},
    Language{"it", kItalianBeforeNames, kItalianBeforeNumbers, kItalianAnywhere, kItalianOpeners},
    Language{"pt", kPortugueseBeforeNames, kPortugueseBeforeNumbers, kPortugueseAnywhere,
             kPortugueseOpeners},
    Language{"nl", kDutchBeforeNames, kDutchBeforeNumbers, kDutchAnywhere, kDutchOpeners},
    Language{"da", kDanishBeforeNames, kDanishBeforeNumbers, kDanishAnywhere, kDanishOpeners},
    Language{"sv", kSwedishBeforeNames, kSwedishBeforeNumbers, kSwedishAnywhere, kSwedishOpeners},
    Language{"pl", kPolishBeforeNames, kPolishBeforeNumbers, kPolishAnywhere, kPolishOpeners},
    Language{"cs", kCzechBeforeNames, kCzechBeforeNumbers, kCzechAnywhere, kCzechOpeners},
    Language{"ru", kRussianBeforeNames, kRussianBeforeNumbers, kRussianAnywhere, kRussianOpeners},
    Language{"fi", kFinnishBeforeNames, kFinnishBeforeNumbers, kFinnishAnywhere, kFinnishOpeners},
};

constexpr bool are_sorted() {
  for (const Language& language : kLanguages) {
    for (const Words words :
         {language.before_names, language.before_numbers, language.anywhere, language.openers}) {
      if (!std::ranges::is_sorted(words)) return false;
    }
  }
  return true;
}
static_assert(are_sorted());

// English stands in for what has no list: its company forms and titles are used abroad.
const Language& language_of(std::string_view code) {
  if (code == "nb" || code == "nn" || code == "no") code = "da";
  for (const Language& language : kLanguages) {
    if (language.code == code) return language;
  }
  return kLanguages.front();
}

bool holds(Words words, std::string_view word) {
  return std::ranges::binary_search(words, word);
}

}  // namespace

SentenceWords::SentenceWords(std::string_view language)
    : number_([&] {
        const Language& found = language_of(language.substr(0, language.find('-')));
        return static_cast<std::size_t>(&found - kLanguages.data());
      }()) {}

Abbreviation SentenceWords::abbreviation(std::string_view lowered) const {
  const Language& language = kLanguages[number_];
  if (holds(language.before_names, lowered)) return Abbreviation::BeforeNames;
  if (holds(language.before_numbers, lowered)) return Abbreviation::BeforeNumbers;
  if (holds(language.anywhere, lowered)) return Abbreviation::Anywhere;
  // German joins what others write apart: "Hauptstr. 5".
  if (language.code == "de" && lowered.ends_with("str")) return Abbreviation::Anywhere;
  return Abbreviation::None;
}

bool SentenceWords::opens_sentence(std::string_view lowered) const {
  return holds(kLanguages[number_].openers, lowered);
}

}  // namespace tidings::text
