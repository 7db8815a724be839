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
    "acknowledged", "added", "adds", "admits", "admitted", "announced", "announces", "answered",
    "argued", "argues", "asked", "asks", "asserted", "cautioned", "claimed", "commented",
    "complained", "conceded", "concluded", "concludes", "confirmed", "continued",
    "countered", "cried", "declared", "declares", "emphasised", "emphasized", "exclaimed",
    "explained", "explains", "insisted", "insists", "joked", "lamented", "noted",
    "observed", "pledged", "posted", "predicted", "promised", "quipped",
    "recalled", "recalls", "recounted", "reiterated", "remarked", "replied", "replies", "reported",
    "responded", "said", "say", "says", "shouted", "stated", "stressed",
    "suggested", "tell", "tells", "testified", "told", "tweeted", "urged", "vowed", "warned",
    "warns", "whispered", "writes", "wrote", "yelled"});
constexpr auto kEnglishPronouns = std::to_array<std::string_view>({
    "he", "i", "it", "she", "they", "we"});
constexpr auto kEnglishArticles = std::to_array<std::string_view>({
    "a", "an", "another", "her", "his", "its", "one", "the", "their"});
constexpr auto kEnglishSources = std::to_array<std::string_view>({
    "according"});
constexpr auto kEnglishAuxiliaries = std::to_array<std::string_view>({
    "also", "had", "has", "have", "later", "once", "previously", "recently", "then"});
constexpr auto kGermanVerbs = std::to_array<std::string_view>({
    "antwortete", "appellierte", "behauptete", "berichtet", "berichtete", "bestätigte", "betont",
    "betonte", "entgegnete", "ergänzt", "ergänzte", "erinnerte", "erklärt", "erklärte",
    "erklärten", "erzählt", "erzählte", "fand", "findet", "fordert", "forderte", "fragt", "fragte",
    "fügte", "gab", "gesagt", "hieß", "klagte", "kritisiert", "kritisierte", "kündigte", "lobte",
    "mahnte", "meint", "meinte", "resümierte", "rief", "ruft", "räumte", "sagen", "sagt", "sagte",
    "sagten", "schreibt", "schrieb", "stellte", "teilte", "twitterte", "unterstrich", "urteilte",
    "verkündete", "versicherte", "warnt", "warnte", "äußerte"});
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
    "affirme", "affirmé", "ajoute", "ajouté", "annonce", "annoncé", "assure", "assuré", "averti",
    "avertit", "commente", "commenté", "conclu", "conclut", "confie", "confié", "demande",
    "demandé", "disait", "disent", "dit", "dite", "dites", "déclare", "déclaré", "dénonce",
    "dénoncé", "déplore", "déploré", "estime", "estimé", "explique", "expliqué", "indique",
    "indiqué", "insiste", "insisté", "lance", "lancé", "martelé", "martèle", "poursuit",
    "poursuivi", "précise", "précisé", "prévenu", "prévient", "raconte", "raconté", "rappelle",
    "rappelé", "reconnaît", "reconnu", "regrette", "regretté", "répond", "répondu", "résume",
    "résumé", "souligne", "souligné", "témoigne", "témoigné", "écrit"});
constexpr auto kFrenchPronouns = std::to_array<std::string_view>({
    "elle", "elles", "il", "ils", "on"});
constexpr auto kFrenchArticles = std::to_array<std::string_view>({
    "des", "l", "la", "le", "les", "leur", "sa", "ses", "son", "un", "une"});
constexpr auto kFrenchSources = std::to_array<std::string_view>({
    "selon"});
constexpr auto kFrenchAuxiliaries = std::to_array<std::string_view>({
    "a", "avait", "ont", "t"});
constexpr auto kSpanishVerbs = std::to_array<std::string_view>({
    "aclaró", "admite", "admitió", "advierte", "advirtió", "afirma", "afirmado", "afirmó",
    "agrega", "agregó", "anunció", "apunta", "apuntó", "asegura", "asegurado", "aseguró", "añade",
    "añadido", "añadió", "celebró", "comenta", "comentó", "concluye", "concluyó", "contó",
    "criticó", "cuenta", "declara", "declarado", "declaró", "destaca", "destacó", "detalló",
    "dice", "dicen", "dicho", "dijeron", "dijo", "escribe", "escribió", "explica", "explicado",
    "explicó", "expresó", "indica", "indicó", "informa", "informó", "insiste", "insistió",
    "lamenta", "lamentó", "manifestó", "manifiesta", "precisó", "pregunta", "preguntó", "reconoce",
    "reconoció", "recordó", "recuerda", "relata", "relató", "responde", "respondió", "señala",
    "señalado", "señaló", "sostiene", "sostuvo", "subraya", "subrayó"});
constexpr auto kSpanishPronouns = std::to_array<std::string_view>({
    "ella", "ellas", "ellos", "él"});
constexpr auto kSpanishArticles = std::to_array<std::string_view>({
    "el", "la", "las", "los", "su", "sus", "un", "una"});
constexpr auto kSpanishSources = std::to_array<std::string_view>({
    "según"});
constexpr auto kSpanishAuxiliaries = std::to_array<std::string_view>({
    "ha", "había", "han"});
constexpr auto kItalianVerbs = std::to_array<std::string_view>({
    "afferma", "affermato", "aggiunge", "aggiunto", "ammesso", "ammette", "annuncia", "annunciato",
    "assicura", "assicurato", "avverte", "avvertito", "chiede", "chiesto", "commenta",
    "commentato", "conclude", "concluso", "denuncia", "detto", "dice", "dichiara", "dichiarato",
    "dicono", "disse", "osserva", "osservato", "precisa", "precisato", "prosegue", "racconta",
    "raccontato", "ribadisce", "ribadito", "ricorda", "ricordato", "risponde", "risposto",
    "scritto", "scrive", "sostenuto", "sostiene", "sottolinea", "sottolineato", "spiega",
    "spiegato", "spiegò"});
constexpr auto kItalianPronouns = std::to_array<std::string_view>({
    "egli", "ella", "lei", "loro", "lui"});
constexpr auto kItalianArticles = std::to_array<std::string_view>({
    "gli", "i", "il", "l", "la", "le", "lo", "un", "una", "uno"});
constexpr auto kItalianSources = std::to_array<std::string_view>({
    "secondo"});
constexpr auto kItalianAuxiliaries = std::to_array<std::string_view>({
    "aveva", "ha", "hanno"});
constexpr auto kPortugueseVerbs = std::to_array<std::string_view>({
    "acrescenta", "acrescentou", "adiantou", "admitiu", "afirma", "afirmou", "alerta", "alertou",
    "aponta", "apontou", "avalia", "avaliou", "comenta", "comentou", "completa", "completou",
    "conclui", "concluiu", "conta", "contou", "critica", "criticou", "declara", "declarou",
    "defende", "defendeu", "destaca", "destacou", "disse", "disseram", "dito", "diz", "dizem",
    "escreve", "escreveu", "explica", "explicou", "frisou", "garante", "garantiu", "informa",
    "informou", "lembra", "lembrou", "observa", "observou", "pergunta", "perguntou", "reconheceu",
    "refere", "referiu", "relata", "relatou", "responde", "respondeu", "ressalta", "ressaltou",
    "revela", "revelou", "salientou", "sublinhou"});
constexpr auto kPortuguesePronouns = std::to_array<std::string_view>({
    "ela", "elas", "ele", "eles"});
constexpr auto kPortugueseArticles = std::to_array<std::string_view>({
    "a", "as", "o", "os", "seu", "sua", "um", "uma"});
constexpr auto kPortugueseSources = std::to_array<std::string_view>({
    "conforme", "segundo"});
constexpr auto kPortugueseAuxiliaries = std::to_array<std::string_view>({
    "havia", "tem", "tinha", "têm"});
constexpr auto kDutchVerbs = std::to_array<std::string_view>({
    "antwoordde", "benadrukt", "benadrukte", "bevestigt", "concludeerde", "concludeert", "erkent",
    "gezegd", "laat", "legde", "legt", "liet", "meldde", "meldt", "noemt", "reageerde", "reageert",
    "schreef", "schrijft", "stelde", "stelt", "verklaarde", "verklaart", "vertelde", "vertellen",
    "vertelt", "vindt", "voegde", "voegt", "vond", "vraagt", "vroeg", "waarschuwde", "waarschuwt",
    "zeggen", "zegt", "zei", "zeiden"});
constexpr auto kDutchPronouns = std::to_array<std::string_view>({
    "hij", "ze", "zij"});
constexpr auto kDutchArticles = std::to_array<std::string_view>({
    "de", "een", "haar", "het", "hun", "zijn"});
constexpr auto kDutchSources = std::to_array<std::string_view>({
    "aldus", "volgens"});
constexpr auto kDutchAuxiliaries = std::to_array<std::string_view>({
    "had", "hebben", "heeft"});
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
};

constexpr std::array kLanguages = {
    Language{"en", kEnglishVerbs, kEnglishPronouns, kEnglishArticles, kEnglishSources,
             kEnglishAuxiliaries},
    Language{"de", kGermanVerbs, kGermanPronouns, kGermanArticles, kGermanSources,
             kGermanAuxiliaries},
    Language{"fr", kFrenchVerbs, kFrenchPronouns, kFrenchArticles, kFrenchSources,
             kFrenchAuxiliaries},
    Language{"es", kSpanishVerbs, kSpanishPronouns, kSpanishArticles, kSpanishSources,
             kSpanishAuxiliaries},
    Language{"it", kItalianVerbs, kItalianPronouns, kItalianArticles, kItalianSources,
             kItalianAuxiliaries},
    Language{"pt", kPortugueseVerbs, kPortuguesePronouns, kPortugueseArticles, kPortugueseSources,
             kPortugueseAuxiliaries},
    Language{"nl", kDutchVerbs, kDutchPronouns, kDutchArticles, kDutchSources, kDutchAuxiliaries},
};

constexpr bool are_sorted() {
  for (const Language& language : kLanguages) {
    for (const Words words : {language.verbs, language.pronouns, language.articles,
                              language.sources, language.auxiliaries}) {
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
  return SpeechWord::Other;
}

bool SpeechWords::is_name_particle(std::string_view lowered) {
  return holds(kParticles, lowered);
}

}  // namespace tidings::analyze
