#include "analyze/place_standing.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "analyze/entity_words.h"
#include "text/stop_words.h"

namespace tidings::analyze {
namespace {

using text::Letters;
using text::Segments;
using text::Word;

constexpr double kAfterPreposition = 1.2;
constexpr double kAfterGenitive = 0.6;    // "of", "de": people are of places, and things of people
constexpr double kNameContinues = -1.5;   // "Boston Red Sox"
constexpr double kNameBegan = -2;         // "Michael Jordan"
constexpr double kOrganization = -5;      // "Boston Globe", "Real Madrid"
constexpr double kSurname = -4;           // "Jordan", where "Michael Jordan" was before
constexpr double kDateline = 2;           // "LONDON (Reuters)"
constexpr double kSentenceBegins = -0.4;  // every word is capitalized there
constexpr double kOtherwiseSmall = -4;    // "Turkey is best cold", where "turkey" was before
constexpr double kReadAsPlace = 1.6;
constexpr double kWithinOther = -1.5;  // "Boston College"
constexpr double kLandscape = 2;       // "the Amazon", which the company never is

constexpr auto kPrepositions = std::to_array<std::string_view>(
    {"in",       "at",      "near",    "from",    "outside", "across", "around",     "to",
     "toward",   "towards", "between", "through", "into",    "aus",    "nach",       "bei",
     "nahe",     "im",      "à",       "en",      "au",      "aux",    "vers",       "près",
     "desde",    "hasta",   "hacia",   "em",      "no",      "na",     "nos",        "nas",
     "a",        "ad",      "da",      "dal",     "dalla",   "nel",    "nella",      "negli",
     "sur",      "uit",     "naar",    "te",      "bij",     "rond",   "op",         "dans",
     "zwischen", "zu",      "entre",   "vicino",  "via",     "über",   "throughout", "inside",
     "within",   "para"});
constexpr auto kGenitives =
    std::to_array<std::string_view>({"of", "von", "de", "du", "des", "do", "di", "del", "della",
                                     "van", "um", "and", "und", "et", "y", "e", "gegen", "vom"});
// What stands before a place and makes no person of it.
constexpr auto kModifiers = std::to_array<std::string_view>(
    {"north",      "south",     "east",      "west",     "northern",     "southern",  "eastern",
     "western",    "central",   "greater",   "downtown", "upper",        "lower",     "inner",
     "outer",      "new",       "old",       "metro",    "metropolitan", "northeast", "northwest",
     "southeast",  "southwest", "historic",  "the",      "province",     "city",      "the",
     "in",         "from",      "at",        "near",     "province",     "state",     "mainland",
     "monday",     "tuesday",   "wednesday", "thursday", "friday",       "saturday",  "sunday",
     "university", "post-war",  "nord",      "sud"});

// What makes a newspaper, a club or a company of a place's name, after it and before it.
constexpr auto kMakeOrganizations = std::to_array<std::string_view>(
    {"times",   "post",      "globe",          "herald",   "tribune",      "journal",
     "gazette", "chronicle", "examiner",       "inquirer", "telegraph",    "daily",
     "fc",      "united",    "rovers",         "rangers",  "philharmonic", "airlines",
     "airways", "zeitung",   "philharmoniker", "hotspur",  "wanderers",    "athletic"});
constexpr auto kClubs = std::to_array<std::string_view>(
    {"real",      "atlético", "atletico", "inter",     "borussia",  "bayern", "hertha",
     "eintracht", "fortuna",  "fc",       "sc",        "sv",        "vfb",    "vfl",
     "ac",        "rb",       "cf",       "psv",       "olympique", "stade",  "sporting",
     "dynamo",    "dinamo",   "racing",   "deportivo", "fk",        "tsv",    "psg"});

constexpr auto kPeers = std::to_array<std::string_view>(
    {"duke", "duchess", "earl", "count", "countess", "marquess", "marquis", "viscount", "baron",
     "lord", "herzog", "duc", "duque", "duca"});

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

class Surroundings {
 public:
  Surroundings(const Document& document, std::span<const PlaceName> names,
               const NameReadings& readings)
      : readings_(readings),
        segments_(document.segments),
        words_(segments_.words()),
        names_(names),
        capitalizes_nouns_(document.language == "de"),
        stop_words_(document.language),
        title_case_(segments_.sentences().size(), Unknown) {}

  std::vector<double> all() {
    std::vector<double> found(names_.size());
    for (const TextSpan& person : readings_.persons) learn_person(person);
    for (std::size_t i = 0; i < names_.size(); ++i) found[i] = one(i);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const bool is_person = single(names_[i]) && surnames_.contains(lower(names_[i]));
      found[i] += is_person ? kSurname : as_read(names_[i]);
    }
    return found;
  }

 private:
  enum TitleCase : char { Unknown, Yes, No };

  static bool single(const PlaceName& name) { return name.end_word == name.first_word + 1; }
  std::uint32_t form(const PlaceName& name) const { return words_[name.first_word].form; }
  // Of its first word, without "'s".
  std::string_view lower(const PlaceName& name) const {
    const Word& word = words_[name.first_word];
    const std::string_view whole = segments_.lower(word);
    const bool is_cut = name.span.begin == word.begin && name.span.end < word.end;
    return is_cut ? whole.substr(0, name.span.end - name.span.begin) : whole;
  }

  // Mostly a place: "Texas", but not "Paul", which is one as well.
  static bool plain(const PlaceName& name) {
    return !name.senses.empty() && !name.senses[0].is(Sense::kDoubtful);
  }

  // "Ann Jordan": either may come alone later.
  void learn_person(const TextSpan& person) {
    const auto after = [&](std::uint32_t at) {
      return std::ranges::lower_bound(words_, at, {}, &Word::begin);
    };
    const auto first = after(person.begin);
    const auto end = after(person.end);
    if (end - first < 2) return;
    surnames_.insert(segments_.lower(*first));
    surnames_.insert(segments_.lower(*std::prev(end)));
  }

  // The span of `spans` that the name lies in, if any; empty where none does.
  static TextSpan around(std::span<const TextSpan> spans, const TextSpan& name) {
    const auto next = std::ranges::upper_bound(spans, name.begin, {}, &TextSpan::begin);
    if (next == spans.begin() || std::prev(next)->end < name.end) return {};
    return *std::prev(next);
  }

  double as_read(const PlaceName& name) {
    if (name.first_word >= name.end_word || in_title_case(words_[name.first_word].sentence))
      return 0;
    const TextSpan place = around(readings_.places, name.span);
    if (place.end > place.begin) return place == name.span && !may_be_word(name) ? kReadAsPlace : 0;
    const TextSpan other = around(readings_.others, name.span);
    const bool is_part = other.end - other.begin > name.span.end - name.span.begin;
    return is_part ? kWithinOther : 0;
  }

  // "Reading" at the beginning of a sentence.
  bool may_be_word(const PlaceName& name) const {
    return single(name) && begins_sentence(name.first_word) &&
           classes_of(word_hash(segments_.lower(words_[name.first_word]))).has(WordClass::Common);
  }

  // Does the word stand somewhere in small letters?
  bool is_small_elsewhere(std::uint32_t form) {
    if (small_.empty()) {
      small_.resize(segments_.forms().size());
      for (const Word& word : words_)
        if (word.letters == Letters::Lower) small_[word.form] = true;
    }
    return small_[form];
  }

  // A headline whose words are all capitalized says nothing by a capital.
  bool in_title_case(std::uint32_t sentence) {
    if (title_case_[sentence] == Unknown) {
      const auto all = segments_.words_of(segments_.sentences()[sentence]);
      const auto small = std::ranges::count_if(all, [](const Word& word) {
        return word.letters == Letters::Lower && word.end - word.begin >= 4;
      });
      title_case_[sentence] = all.size() >= 4 && small == 0 ? Yes : No;
    }
    return title_case_[sentence] == Yes;
  }

  bool capitalized(std::size_t number) const {
    const Letters letters = words_[number].letters;
    return letters == Letters::Capitalized || letters == Letters::Upper ||
           letters == Letters::Mixed;
  }

  std::string_view gap(std::size_t left) const {
    return segments_.text().substr(words_[left].end, words_[left + 1].begin - words_[left].end);
  }

  bool begins_sentence(std::size_t number) const {
    return segments_.sentences()[words_[number].sentence].first_word == number;
  }

  double one(std::size_t index) {
    const PlaceName& name = names_[index];
    if (name.first_word >= name.end_word) return 0;
    const std::uint32_t sentence = words_[name.first_word].sentence;
    if (in_title_case(sentence)) return 0;
    return before(index) + after(index);
  }

  double before(std::size_t index) {
    const PlaceName& name = names_[index];
    if (name.span.begin > words_[name.first_word].begin) return kAfterPreposition;  // "dell'Italia"
    if (begins_sentence(name.first_word)) {
      if (dateline(name)) return kDateline;
      return single(name) && is_small_elsewhere(form(name)) ? kOtherwiseSmall : kSentenceBegins;
    }
    const std::size_t previous = name.first_word - 1;
    const std::string_view before = segments_.lower(words_[previous]);
    const std::string_view between = gap(previous);
    if (between != " " && between != "-") return 0;
    if (between == " " && capitalized(previous) && contains(kClubs, before)) return kOrganization;
    if (contains(kPrepositions, before)) return kAfterPreposition;
    if (contains(kGenitives, before)) return is_peerage(previous) ? peerage(name) : kAfterGenitive;
    if (before == "the" && is_landscape(name)) return kLandscape;
    if (!capitalized(previous) || between == "-" || contains(kModifiers, before)) return 0;
    const bool place = index > 0 && names_[index - 1].end_word == name.first_word;
    if (place && plain(names_[index - 1])) return 0;
    if (capitalizes_nouns_) return begins_sentence(previous) ? 0 : -0.5;
    if (stop_words_.contains(before)) return 0;  // "Le Maroc"
    if (single(name)) surnames_.insert(lower(name));
    return kNameBegan;
  }

  // "the Duke of Wellington"
  bool is_peerage(std::size_t of) const {
    return of > 0 && contains(kPeers, segments_.lower(words_[of - 1]));
  }
  double peerage(const PlaceName& name) {
    if (single(name)) surnames_.insert(lower(name));
    return kNameBegan;
  }

  static bool is_landscape(const PlaceName& name) {
    if (name.senses.empty()) return false;
    const PlaceKind kind = Gazetteer().place(name.senses[0].place).kind;
    return kind == PlaceKind::Water || kind == PlaceKind::Mountain || kind == PlaceKind::Region;
  }

  double after(std::size_t index) const {
    const PlaceName& name = names_[index];
    const std::size_t next = name.end_word;
    if (next < words_.size() && gap(next - 1) == " " && capitalized(next) &&
        contains(kMakeOrganizations, segments_.lower(words_[next]))) {
      return kOrganization;
    }
    if (capitalizes_nouns_ || next >= words_.size() ||
        words_[next].sentence != words_[next - 1].sentence)
      return 0;
    if (name.span.end < words_[next - 1].end) return 0.6;  // "London's"
    const bool place = index + 1 < names_.size() && names_[index + 1].first_word == next;
    if (place && plain(names_[index + 1])) return 0;
    return gap(next - 1) == " " && capitalized(next) ? kNameContinues : 0;
  }

  // "LONDON (Reuters) -", "PARIS —", "BERLIN, March 3".
  bool dateline(const PlaceName& name) const {
    const std::string_view rest = segments_.text().substr(words_[name.end_word - 1].end, 8);
    const bool upper = words_[name.first_word].letters == Letters::Upper;
    if (rest.starts_with(" (") || rest.starts_with(" —") || rest.starts_with(" –") ||
        rest.starts_with(" - ") || rest.starts_with(" -- "))
      return true;
    return upper && (rest.starts_with(",") || rest.starts_with("."));
  }

  const NameReadings& readings_;
  const Segments& segments_;
  std::span<const Word> words_;
  std::span<const PlaceName> names_;
  bool capitalizes_nouns_;
  text::StopWords stop_words_;
  std::vector<TitleCase> title_case_;
  std::unordered_set<std::string_view> surnames_;
  std::vector<bool> small_;  // by form; empty until somebody asks
};

}  // namespace

std::vector<double> standings(const Document& document, std::span<const PlaceName> names,
                              const NameReadings& readings) {
  return Surroundings(document, names, readings).all();
}

}  // namespace tidings::analyze
