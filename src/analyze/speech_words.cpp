#include "analyze/speech_words.h"

#include <algorithm>
#include <array>
#include <span>

namespace tidings::analyze {
namespace {

using Words = std::span<const std::string_view>;

// Sorted, lower case.
// clang-format off
constexpr auto kEnglishVerbs = std::to_array<std::string_view>({
    "acknowledged", "added", "adds", "admits", "admitted", "agreed", "announced", "announces",
    "answered", "argue", "argued", "argues", "asked", "asks", "asserted", "boasted", "cautioned",
    "claimed", "commented", "complained", "complains", "conceded", "concluded", "concludes",
    "confessed", "confirmed", "confirms", "continued", "countered", "cried", "declared",
    "declares", "emphasised", "emphasized", "exclaimed", "explained", "explains", "hinted",
    "insisted", "insists", "joked", "jokes", "lamented", "laments", "mused", "noted", "observed",
    "pleaded", "pleads", "pledged", "posted", "predicted", "promised", "puts", "quipped", "quips",
    "recalled", "recalls", "recounted", "recounts", "reiterated", "rejoined", "remarked",
    "remarks", "remembered", "remembers", "replied", "replies", "reported", "responded",
    "retorted", "said", "say", "says", "shouted", "sighed", "speculated", "stated", "stressed",
    "stresses", "suggested", "suggests", "sums", "swore", "tell", "tells", "testified",
    "threatened", "thundered", "told", "tweeted", "tweets", "urged", "vowed", "vows", "warned",
    "warns", "whispered", "wondered", "writes", "wrote", "yelled"});
constexpr auto kEnglishPronouns = std::to_array<std::string_view>({
    "he", "i", "it", "she", "they", "we"});
constexpr auto kEnglishArticles = std::to_array<std::string_view>({
    "a", "an", "another", "her", "his", "its", "one", "the", "their"});
constexpr auto kEnglishSources = std::to_array<std::string_view>({
    "according"});
constexpr auto kEnglishAuxiliaries = std::to_array<std::string_view>({
    "also", "had", "has", "have", "later", "once", "previously", "recently", "then"});
constexpr auto kGermanVerbs = std::to_array<std::string_view>({
    "antwortete", "appellierte", "bedauert", "bedauerte", "behauptete", "beklagt", "beklagte",
    "bekräftigt", "bekräftigte", "berichtet", "berichtete", "bestätigte", "beteuert", "beteuerte",
    "betont", "betonte", "bilanziert", "bilanzierte", "entgegnete", "ergänzt", "ergänzte",
    "erinnert", "erinnerte", "erklärt", "erklärte", "erklärten", "ermahnte", "erzählt", "erzählte",
    "fand", "findet", "fordert", "forderte", "fragt", "fragte", "freut", "freute", "fügte", "gab",
    "gesagt", "gestand", "gesteht", "hieß", "klagt", "klagte", "kommentiert", "kommentierte",
    "konstatiert", "konstatierte", "kritisiert", "kritisierte", "kündigte", "lacht", "lobt",
    "lobte", "mahnt", "mahnte", "meint", "meinte", "plädierte", "prophezeit", "rechtfertigte",
    "resümierte", "rief", "ruft", "räumt", "räumte", "sagen", "sagt", "sagte", "sagten", "scherzt",
    "scherzte", "schildert", "schilderte", "schimpft", "schimpfte", "schreibt", "schrieb",
    "schwärmt", "schwärmte", "seufzt", "stellte", "teilte", "twitterte", "unterstreicht",
    "unterstrich", "urteilt", "urteilte", "verkündete", "vermutet", "vermutete", "versichert",
    "versicherte", "versprach", "verspricht", "warnt", "warnte", "wundert", "äußert", "äußerte"});
constexpr auto kGermanPronouns = std::to_array<std::string_view>({
    "er", "es", "sie"});
constexpr auto kGermanArticles = std::to_array<std::string_view>({
    "das", "dem", "den", "der", "des", "die", "ein", "eine", "einer", "ihr", "ihre", "sein",
    "seine"});
constexpr auto kGermanSources = std::to_array<std::string_view>({
    "laut", "so", "zufolge"});
constexpr auto kGermanAuxiliaries = std::to_array<std::string_view>({
    "habe", "haben", "hat", "hatte"});
constexpr auto kFrenchVerbs = std::to_array<std::string_view>({
    "accuse", "accusé", "admet", "affirme", "affirmé", "ajoute", "ajouté", "annonce", "annoncé",
    "argumente", "argumenté", "assure", "assuré", "avancé", "averti", "avertit", "avoue", "avoué",
    "commente", "commenté", "complète", "complété", "conclu", "conclut", "confie", "confirme",
    "confirmé", "confié", "considère", "constate", "constaté", "craint", "demande", "demandé",
    "disait", "disent", "dit", "dite", "dites", "déclare", "déclaré", "défend", "défendu",
    "dénonce", "dénoncé", "déplore", "déploré", "détaille", "détaillé", "emporté", "enchaîne",
    "enchaîné", "espère", "estime", "estimé", "exclame", "exclamé", "explique", "expliqué",
    "fustige", "fustigé", "félicite", "félicité", "glisse", "glissé", "indigne", "indigné",
    "indique", "indiqué", "inquiète", "inquiété", "insiste", "insisté", "interroge", "interrogé",
    "ironise", "ironisé", "jugé", "justifie", "justifié", "lance", "lancé", "lâche", "lâché",
    "martelé", "martèle", "noté", "nuance", "nuancé", "observe", "observé", "plaide", "plaidé",
    "poursuit", "poursuivi", "promet", "précise", "précisé", "prévenu", "prévient", "raconte",
    "raconté", "rappelle", "rappelé", "rapporte", "rapporté", "reconnaît", "reconnu", "regrette",
    "regretté", "réagi", "réagit", "réjoui", "réjouit", "répond", "répondu", "résume", "résumé",
    "rétorque", "rétorqué", "salue", "salué", "souligne", "souligné", "soupire", "soupiré",
    "souvient", "tempère", "tempéré", "tonne", "tranche", "tranché", "tweeté", "témoigne",
    "témoigné", "écrit"});
constexpr auto kFrenchPronouns = std::to_array<std::string_view>({
    "elle", "elles", "il", "ils", "on"});
constexpr auto kFrenchArticles = std::to_array<std::string_view>({
    "des", "l", "la", "le", "les", "leur", "sa", "ses", "son", "un", "une"});
constexpr auto kFrenchSources = std::to_array<std::string_view>({
    "selon"});
constexpr auto kFrenchAuxiliaries = std::to_array<std::string_view>({
    "a", "avait", "est", "ont", "s", "se", "t", "était"});
constexpr auto kSpanishVerbs = std::to_array<std::string_view>({
    "aclaró", "adelantó", "admite", "admitió", "advierte", "advirtió", "afirma", "afirmaba",
    "afirmado", "afirmó", "agradeció", "agrega", "agregó", "alegó", "anunció", "apunta", "apuntó",
    "argumenta", "argumentó", "asegura", "asegurado", "aseguró", "añade", "añadido", "añadió",
    "bromeó", "celebró", "comenta", "comentaba", "comentó", "concluye", "concluyó", "confesó",
    "confirma", "confirmó", "considera", "consideró", "contó", "criticó", "cuenta", "cuestionó",
    "declara", "declarado", "declaró", "defendió", "defiende", "denunció", "destaca", "destacó",
    "detalló", "dice", "dicen", "dicho", "dijeron", "dijo", "enfatiza", "enfatizó", "escribe",
    "escribió", "exclamó", "explica", "explicado", "explicó", "expresó", "expuso", "gritó",
    "indica", "indicó", "informa", "informó", "insiste", "insistió", "ironizó", "lamenta",
    "lamentaba", "lamentó", "manifestó", "manifiesta", "matiza", "matizó", "opina", "opinó",
    "precisó", "pregunta", "preguntó", "prometió", "prosiguió", "puntualiza", "puntualizó",
    "recalca", "recalcó", "reconoce", "reconoció", "recordó", "recuerda", "reitera", "reiteró",
    "relata", "relató", "remarcó", "remató", "repitió", "replicó", "responde", "respondió",
    "resume", "resumió", "reveló", "sentenció", "señala", "señalado", "señaló", "sostiene",
    "sostuvo", "subraya", "subrayó", "sugirió", "valora", "valoró", "zanjó"});
constexpr auto kSpanishPronouns = std::to_array<std::string_view>({
    "ella", "ellas", "ellos", "él"});
constexpr auto kSpanishArticles = std::to_array<std::string_view>({
    "el", "la", "las", "los", "su", "sus", "un", "una"});
constexpr auto kSpanishSources = std::to_array<std::string_view>({
    "según"});
constexpr auto kSpanishAuxiliaries = std::to_array<std::string_view>({
    "ha", "había", "han"});
constexpr auto kItalianVerbs = std::to_array<std::string_view>({
    "afferma", "affermato", "affermava", "aggiunge", "aggiunto", "ammesso", "ammette", "ammonisce",
    "annota", "annuncia", "annunciato", "argomenta", "assicura", "assicurato", "avverte",
    "avvertito", "chiede", "chiesto", "commenta", "commentato", "conclude", "concludeva",
    "concluso", "conferma", "confermato", "confessa", "confessato", "confida", "constata",
    "denuncia", "denunciato", "detto", "dice", "diceva", "dichiara", "dichiarato", "dicono",
    "disse", "evidenzia", "evidenziato", "gridato", "incalza", "insiste", "insistito", "ironizza",
    "lamenta", "lamentato", "osserva", "osservato", "osservava", "precisa", "precisato",
    "promesso", "promette", "prosegue", "puntualizza", "puntualizzato", "racconta", "raccontato",
    "replicato", "riassume", "ribadisce", "ribadito", "ribatte", "riconosce", "riconosciuto",
    "ricorda", "ricordato", "riferisce", "riferito", "rilancia", "rimarca", "risponde", "risposto",
    "rivela", "rivelato", "rivendica", "sbotta", "scherza", "scritto", "scrive", "sostenuto",
    "sostiene", "sottolinea", "sottolineato", "spiega", "spiegato", "spiegava", "spiegò",
    "suggerisce"});
constexpr auto kItalianPronouns = std::to_array<std::string_view>({
    "egli", "ella", "lei", "loro", "lui"});
constexpr auto kItalianArticles = std::to_array<std::string_view>({
    "gli", "i", "il", "l", "la", "le", "lo", "un", "una", "uno"});
constexpr auto kItalianSources = std::to_array<std::string_view>({
    "secondo"});
constexpr auto kItalianAuxiliaries = std::to_array<std::string_view>({
    "aveva", "ha", "hanno"});
constexpr auto kPortugueseVerbs = std::to_array<std::string_view>({
    "acrescenta", "acrescentou", "adiantou", "admitiu", "adverte", "advertiu", "afirma", "afirmou",
    "alega", "alegou", "alerta", "alertou", "analisa", "analisou", "aponta", "apontou",
    "argumenta", "argumentou", "assegura", "assegurou", "assinala", "assinalou", "avalia",
    "avaliou", "brincou", "comenta", "comentou", "complementou", "completa", "completou",
    "conclui", "concluiu", "concorda", "confessa", "confessou", "confirma", "confirmou",
    "constata", "conta", "contou", "critica", "criticou", "declara", "declarou", "defende",
    "defendeu", "desabafa", "desabafou", "destaca", "destacou", "detalhou", "discursou",
    "disparou", "disse", "disseram", "dito", "diz", "dizem", "enfatiza", "enfatizou", "esclarece",
    "esclareceu", "escreve", "escreveu", "exclamou", "explica", "explicou", "frisou", "garante",
    "garantiu", "gritou", "indica", "indicou", "informa", "informou", "insiste", "insistiu",
    "ironizou", "justifica", "justificou", "lamenta", "lamentou", "lembra", "lembrou", "observa",
    "observou", "opina", "opinou", "pergunta", "perguntou", "ponderou", "pontua", "pontuou",
    "precisou", "prometeu", "prosseguiu", "questionou", "realçou", "reconheceu", "recorda",
    "recordou", "refere", "referiu", "reforça", "reforçou", "reitera", "reiterou", "relata",
    "relatou", "relembra", "relembrou", "replicou", "responde", "respondeu", "ressalta",
    "ressaltou", "resume", "resumiu", "retrucou", "revela", "revelou", "salientou", "sublinhou",
    "sugeriu", "sustenta", "sustentou"});
constexpr auto kPortuguesePronouns = std::to_array<std::string_view>({
    "ela", "elas", "ele", "eles"});
constexpr auto kPortugueseArticles = std::to_array<std::string_view>({
    "a", "as", "o", "os", "seu", "sua", "um", "uma"});
constexpr auto kPortugueseSources = std::to_array<std::string_view>({
    "conforme", "segundo"});
constexpr auto kPortugueseAuxiliaries = std::to_array<std::string_view>({
    "havia", "tem", "tinha", "têm"});
constexpr auto kDutchVerbs = std::to_array<std::string_view>({
    "antwoordde", "bekent", "beklemtoont", "benadrukt", "benadrukte", "bevestigt", "beweerde",
    "beweert", "concludeerde", "concludeert", "erkende", "erkent", "gezegd", "grapte",
    "herinnerde", "herinnert", "klaagde", "klaagt", "laat", "legde", "legt", "liet", "meldde",
    "meldt", "merkt", "merkte", "nuanceert", "oordeelde", "oordeelt", "reageerde", "reageert",
    "riep", "roept", "schreef", "schrijft", "somde", "stamelt", "stelde", "stelt", "twitterde",
    "verduidelijkt", "verduidelijkte", "verklaarde", "verklaart", "vertelde", "vertellen",
    "vertelt", "verzekerde", "verzekert", "verzucht", "verzuchtte", "vindt", "voegde", "voegt",
    "vond", "voorspelt", "vraagt", "vroeg", "vulde", "waarschuwde", "waarschuwt", "zeggen", "zegt",
    "zei", "zeiden", "zucht"});
constexpr auto kDutchPronouns = std::to_array<std::string_view>({
    "hij", "ze", "zij"});
constexpr auto kDutchArticles = std::to_array<std::string_view>({
    "de", "een", "haar", "het", "hun", "zijn"});
constexpr auto kDutchSources = std::to_array<std::string_view>({
    "aldus", "volgens"});
constexpr auto kDutchAuxiliaries = std::to_array<std::string_view>({
    "had", "hebben", "heeft"});
// Give what they are about a name or a judgement in quotation marks, behind their object: "called
// the ruling “a victory”".
constexpr auto kEnglishNaming = std::to_array<std::string_view>({
    "branded", "called", "calling", "calls", "denounced", "describe", "described", "describes",
    "describing", "dismissed", "hailed", "hailing", "labeled", "labelled", "praised", "slammed"});
constexpr auto kGermanNaming = std::to_array<std::string_view>({
    "bezeichnet", "bezeichnete", "nannte", "nannten", "nennt", "sprach", "sprachen", "spricht"});
constexpr auto kFrenchNaming = std::to_array<std::string_view>({
    "dénonce", "dénoncer", "dénoncé", "dénonçant", "estimant", "juge", "jugé", "parle", "parlé",
    "qualifiant", "qualifie", "qualifié", "salue", "salué", "évoque", "évoqué"});
constexpr auto kSpanishNaming = std::to_array<std::string_view>({
    "califica", "calificado", "calificó", "define", "definió", "habla", "habló", "tachó", "tildó"});
constexpr auto kItalianNaming = std::to_array<std::string_view>({
    "bollato", "definendo", "definisce", "definito", "parla", "parlato"});
constexpr auto kPortugueseNaming = std::to_array<std::string_view>({
    "chama", "chamou", "classifica", "classificou", "considerou", "define", "definiu",
    "descreveu", "falou"});
constexpr auto kDutchNaming = std::to_array<std::string_view>({
    "bestempelde", "noemde", "noemden", "noemt", "sprak", "spreekt"});
// Parts of names that are written small.
constexpr auto kParticles = std::to_array<std::string_view>({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von", "y", "zu"});
// clang-format on

struct Language {
  std::string_view code;
  Words verbs;
  Words pronouns;
  Words articles;
  Words sources;
  Words auxiliaries;
  Words naming;
};

constexpr std::array kLanguages = {
    Language{"en", kEnglishVerbs, kEnglishPronouns, kEnglishArticles, kEnglishSources,
             kEnglishAuxiliaries, kEnglishNaming},
    Language{"de", kGermanVerbs, kGermanPronouns, kGermanArticles, kGermanSources,
             kGermanAuxiliaries, kGermanNaming},
    Language{"fr", kFrenchVerbs, kFrenchPronouns, kFrenchArticles, kFrenchSources,
             kFrenchAuxiliaries, kFrenchNaming},
    Language{"es", kSpanishVerbs, kSpanishPronouns, kSpanishArticles, kSpanishSources,
             kSpanishAuxiliaries, kSpanishNaming},
    Language{"it", kItalianVerbs, kItalianPronouns, kItalianArticles, kItalianSources,
             kItalianAuxiliaries, kItalianNaming},
    Language{"pt", kPortugueseVerbs, kPortuguesePronouns, kPortugueseArticles, kPortugueseSources,
             kPortugueseAuxiliaries, kPortugueseNaming},
    Language{"nl", kDutchVerbs, kDutchPronouns, kDutchArticles, kDutchSources, kDutchAuxiliaries,
             kDutchNaming},
};

constexpr bool are_sorted() {
  for (const Language& language : kLanguages) {
    for (const Words words : {language.verbs, language.pronouns, language.articles,
                              language.sources, language.auxiliaries, language.naming}) {
      if (!std::ranges::is_sorted(words)) return false;
    }
  }
  return std::ranges::is_sorted(kParticles);
}
static_assert(are_sorted());

bool holds(Words words, std::string_view word) {
  return std::ranges::binary_search(words, word);
}

}  // namespace

SpeechWords::SpeechWords(std::string_view language) {
  const auto found =
      std::ranges::find(kLanguages, language.substr(0, language.find('-')), &Language::code);
  if (found != kLanguages.end()) number_ = static_cast<std::size_t>(found - kLanguages.begin());
}

SpeechWord SpeechWords::kind(std::string_view lowered) const {
  if (!knows_language()) return SpeechWord::Other;
  const Language& language = kLanguages[number_];
  if (holds(language.verbs, lowered)) return SpeechWord::Verb;
  if (holds(language.pronouns, lowered)) return SpeechWord::Pronoun;
  if (holds(language.articles, lowered)) return SpeechWord::Article;
  if (holds(language.sources, lowered)) return SpeechWord::Source;
  if (holds(language.auxiliaries, lowered)) return SpeechWord::Auxiliary;
  if (holds(language.naming, lowered)) return SpeechWord::Naming;
  return SpeechWord::Other;
}

bool SpeechWords::is_verb(std::string_view lowered) const {
  return knows_language() && holds(kLanguages[number_].verbs, lowered);
}

bool SpeechWords::is_name_particle(std::string_view lowered) {
  return holds(kParticles, lowered);
}

}  // namespace tidings::analyze
