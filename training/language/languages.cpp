#include "languages.h"

#include <array>

namespace tidings::training::language {
namespace {

using analyze::Script;

// Japanese without a single Kana is rare, and Chinese never has one.
constexpr std::int8_t kChineseAhead = 72;

// Bokmål than Nynorsk, Croatian than Bosnian: the words are nearly the same.
constexpr std::int8_t kMoreWritten = 12;

constexpr auto kLanguages = std::to_array<Language>({
    {"af", Script::Latin, "afr", "afr"},
    {"ar", Script::Arabic, "ara", "arb"},
    {"az", Script::Latin, "aze", "azj_latn"},
    {"be", Script::Cyrillic, "bel", "bel"},
    {"bg", Script::Cyrillic, "bul", "bul"},
    {"bn", Script::Bengali, "ben", "ben"},
    {"bs", Script::Latin, "bos", "bos_latn"},
    {"ca", Script::Latin, "cat", "cat"},
    {"cs", Script::Latin, "ces", "ces"},
    {"cy", Script::Latin, "cym", "cym"},
    {"da", Script::Latin, "dan", "dan"},
    {"de", Script::Latin, "deu", "deu_1996"},
    {"el", Script::Greek, "ell", "ell_monotonic"},
    {"en", Script::Latin, "eng", "eng"},
    {"eo", Script::Latin, "epo", "epo"},
    {"es", Script::Latin, "spa", "spa"},
    {"et", Script::Latin, "est", "est"},
    {"eu", Script::Latin, "eus", "eus"},
    {"fa", Script::Arabic, "fas", "pes_1"},
    {"fi", Script::Latin, "fin", "fin"},
    {"fr", Script::Latin, "fra", "fra"},
    {"ga", Script::Latin, "gle", "gle"},
    {"gu", Script::Gujarati, "guj", "guj"},
    {"he", Script::Hebrew, "heb", "heb"},
    {"hi", Script::Devanagari, "hin", "hin"},
    {"hr", Script::Latin, "hrv", "hrv", kMoreWritten},
    {"hu", Script::Latin, "hun", "hun"},
    {"hy", Script::Armenian, "hye", "hye"},
    {"id", Script::Latin, "ind", "ind"},
    {"is", Script::Latin, "isl", "isl"},
    {"it", Script::Latin, "ita", "ita"},
    {"ja", Script::Kana, "jpn", "jpn"},
    {"ja", Script::Han, "jpn", "jpn"},
    {"ka", Script::Georgian, "kat", "kat"},
    {"kk", Script::Cyrillic, "kaz", "kaz"},
    {"ko", Script::Hangul, "kor", "kor"},
    {"la", Script::Latin, "lat", "lat"},
    {"lg", Script::Latin, "", "lug"},
    {"lt", Script::Latin, "lit", "lit"},
    {"lv", Script::Latin, "lav", "lav"},
    {"mi", Script::Latin, "mri", "mri"},
    {"mk", Script::Cyrillic, "mkd", "mkd"},
    {"mn", Script::Cyrillic, "mon", "khk"},
    {"mr", Script::Devanagari, "mar", "mar"},
    {"ms", Script::Latin, "msa", "mly_latn"},
    {"nb", Script::Latin, "nor", "nob", kMoreWritten},
    {"nl", Script::Latin, "nld", "nld"},
    {"nn", Script::Latin, "", "nno"},
    {"pa", Script::Gurmukhi, "pan", "pan"},
    {"pl", Script::Latin, "pol", "pol"},
    {"pt", Script::Latin, "por", "por_PT"},
    {"ro", Script::Latin, "ron", "ron_2006"},
    {"ru", Script::Cyrillic, "rus", "rus"},
    {"sk", Script::Latin, "slk", "slk"},
    {"sl", Script::Latin, "slv", "slv"},
    {"sn", Script::Latin, "", "sna"},
    {"so", Script::Latin, "", "som"},
    {"sq", Script::Latin, "sqi", "als"},
    {"sr", Script::Cyrillic, "srp", "srp_cyrl"},
    {"sr", Script::Latin, "srp_latn", "srp_latn"},
    {"st", Script::Latin, "", "sot"},
    {"sv", Script::Latin, "swe", "swe"},
    {"sw", Script::Latin, "swa", "swh"},
    {"ta", Script::Tamil, "tam", "tam"},
    {"te", Script::Telugu, "tel", "tel"},
    {"th", Script::Thai, "tha", "tha"},
    {"tl", Script::Latin, "fil", "tgl"},
    {"tn", Script::Latin, "", "tsn"},
    {"tr", Script::Latin, "tur", "tur"},
    {"ts", Script::Latin, "", "tso_MZ"},
    {"uk", Script::Cyrillic, "ukr", "ukr"},
    {"ur", Script::Arabic, "urd", "urd"},
    {"vi", Script::Latin, "vie", "vie"},
    {"xh", Script::Latin, "", "xho"},
    {"yo", Script::Latin, "yor", "yor"},
    {"zh", Script::Han, "chi_sim", "cmn_hans", kChineseAhead},
    {"zu", Script::Latin, "", "zul"},
});

}  // namespace

std::span<const Language> languages() {
  return kLanguages;
}

}  // namespace tidings::training::language
