#include "analyze/sentence_roles.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "core/strings.h"
#include "text/lower.h"

namespace tidings::analyze {
namespace {

using Words = std::span<const std::string_view>;

// What a notice begins with, in lower case.
// clang-format off
constexpr auto kNotices = std::to_array<std::string_view>({
    "read more", "read also", "also read", "read next", "read the full", "more:", "related:", "see also", "click here", "sign up", "subscribe",
    "follow us", "join us on", "share this", "copyright", "©", "(c)", "all rights reserved", "photo:", "photos:", "photo by",
    "photograph:", "image:", "image credit", "image source", "picture:", "video:", "watch:", "listen:", "credit:", "source:", "sources:", "getty images",
    "reporting by", "editing by", "additional reporting", "writing by", "this article", "this story", "this content", "this post",
    "updated:", "published:", "last updated", "download the", "get the latest", "for more information", "to view this", "please enable", "contact us", "email us", "disclaimer", "correction:", "editor's note", "editor’s note", "scroll down",
    "lesen sie", "mehr zum thema", "mehr dazu", "hier klicken", "jetzt abonnieren", "folgen sie", "foto:", "fotos:", "bild:", "quelle:",
    "lire aussi", "à lire aussi", "lisez aussi", "à lire", "voir aussi", "cliquez ici", "abonnez-vous", "inscrivez-vous", "suivez-nous", "photo :", "crédit :", "crédits :", "crédit photo",
    "tous droits réservés", "lea también", "lee también", "le puede interesar", "te puede interesar", "haga clic", "suscríbase", "suscríbete", "síguenos", "foto :", "fuente:",
    "todos los derechos", "leggi anche", "clicca qui", "iscriviti", "abbonati", "seguici", "fonte:", "riproduzione riservata", "leia também", "leia mais", "clique aqui",
    "assine", "inscreva-se", "siga-nos", "todos os direitos", "lees ook", "lees meer", "lees verder", "klik hier", "abonneer", "volg ons", "beeld:", "bron:",});

constexpr auto kEnglish = std::to_array<std::string_view>({
    "additionally", "also", "and", "besides", "but", "he", "her", "hers", "his", "however", "instead", "it", "its", "likewise", "meanwhile", "moreover", "nevertheless",
    "nor", "otherwise", "she", "similarly", "so", "still", "such", "that", "their", "then", "therefore", "these", "they", "this", "those", "thus", "yet"});
constexpr auto kGerman = std::to_array<std::string_view>({
    "aber", "allerdings", "auch", "außerdem", "dabei", "dadurch", "dafür", "dagegen", "daher", "damit", "danach", "daneben", "dann", "daran", "darauf", "daraufhin", "darin",
    "darum", "darunter", "dazu", "denn", "dennoch", "deshalb", "dies", "diese", "dieser", "dieses", "doch", "er", "hingegen", "hinzu", "ihm", "ihr", "ihre", "jedoch", "sein",
    "seine", "sie", "so", "solche", "stattdessen", "trotzdem", "und", "zudem"});
constexpr auto kFrench = std::to_array<std::string_view>({
    "ainsi", "alors", "aussi", "car", "ce", "cela", "celle", "celles", "celui", "cependant", "ces", "cet", "cette", "ceux", "donc", "elle", "elles", "enfin", "ensuite", "et", "il",
    "ils", "leur", "leurs", "mais", "pourtant", "puis", "sa", "ses", "son", "toutefois"});
constexpr auto kSpanish = std::to_array<std::string_view>({
    "además", "aquel", "así", "asimismo", "ella", "ellas", "ellos", "entonces", "esa", "ese", "eso", "esta", "estas", "este", "esto", "estos", "luego", "pero", "su", "sus", "también", "tampoco", "y", "él"});
constexpr auto kItalian = std::to_array<std::string_view>({
    "anche", "così", "dunque", "e", "essa", "esse", "essi", "esso", "infatti", "inoltre", "invece", "lei", "loro", "lui", "ma", "perciò", "però", "poi", "quella", "quelle", "quelli", "quello",
    "questa", "queste", "questi", "questo", "quindi", "tuttavia"});
constexpr auto kPortuguese = std::to_array<std::string_view>({
    "assim", "ela", "elas", "ele", "eles", "então", "essa", "essas", "esse", "esses", "esta", "estas", "este", "estes", "isso", "isto", "mas", "porém", "seu", "seus", "sua",
    "suas", "também", "todavia"});
constexpr auto kDutch = std::to_array<std::string_view>({
    "daarbij", "daardoor", "daarmee", "daarna", "daarnaast", "daarom", "daarop", "dat", "deze", "die", "dit", "dus", "echter", "en", "haar", "hij", "hun", "maar", "ook", "toch", "toen", "want", "ze",
    "zij", "zijn", "zo"});
// clang-format on

struct Language {
  std::string_view code;
  Words words;
};
constexpr std::array kLeaning = {
    Language{"en", kEnglish}, Language{"de", kGerman},  Language{"fr", kFrench},
    Language{"es", kSpanish}, Language{"it", kItalian}, Language{"pt", kPortuguese},
    Language{"nl", kDutch},
};

constexpr std::size_t kDatelineBytesMax = 80;

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// "PARIS", "ST": capitals alone.
bool is_in_capitals(std::string_view word) {
  return word.size() >= 3 && std::ranges::all_of(word, [](char c) {
           return is_upper(c) || static_cast<unsigned char>(c) >= 0x80;
         });
}

// Names, numbers and what may stand among them: no word of a sentence.
bool is_of_dateline(std::string_view words) {
  constexpr auto kSmall = std::to_array<std::string_view>(
      {"de", "la", "le", "of", "the", "du", "and", "am", "di", "el", "den", "del"});
  return std::ranges::all_of(split(words, ' '), [&](std::string_view word) {
    if (word.empty() || word.front() == '(') return true;
    return is_upper(word.front()) || is_digit(word.front()) ||
           static_cast<unsigned char>(word.front()) >= 0x80 ||
           std::ranges::find(kSmall, word) != kSmall.end();
  });
}

// Where the dash begins and where what follows it does; npos where there is none.
struct Dash {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
};

Dash first_dash(std::string_view text) {
  Dash first;
  for (const std::string_view dash : {"—", "–", " - ", " -- "}) {
    const std::size_t at = text.find(dash);
    if (at < first.begin) first = {at, at + dash.size()};
  }
  return first;
}

}  // namespace

std::size_t dateline_bytes(std::string_view sentence) {
  const std::string_view head = sentence.substr(0, kDatelineBytesMax);
  const Dash dash = first_dash(head);
  if (dash.begin == std::string_view::npos) return 0;
  const std::string_view before = trim(head.substr(0, dash.begin));
  const std::size_t behind = sentence.find_first_not_of(' ', dash.end);
  if (before.empty() || behind == std::string_view::npos) return 0;
  const bool has_agency = before.back() == ')' && before.find('(') != std::string_view::npos;
  const std::string_view first_word = before.substr(0, before.find_first_of(" ,("));
  if (!has_agency && !is_in_capitals(first_word)) return 0;
  const char next = sentence[behind];
  const bool opens = is_upper(next) || next == '"' || static_cast<unsigned char>(next) >= 0x80;
  return opens && is_of_dateline(before) ? behind : 0;
}

bool is_notice(std::string_view sentence) {
  constexpr std::size_t kLooked = 40;
  std::size_t end = std::min(sentence.size(), kLooked);
  while (end < sentence.size() && (static_cast<unsigned char>(sentence[end]) & 0xC0) == 0x80) ++end;
  const std::string lowered = text::lower(sentence.substr(0, end));
  return std::ranges::any_of(kNotices,
                             [&](std::string_view notice) { return lowered.starts_with(notice); });
}

bool leans_back(const text::Segments& segments, const text::Sentence& sentence,
                std::string_view language) {
  const auto known = std::ranges::find(kLeaning, language.substr(0, 2), &Language::code);
  if (known == kLeaning.end() || sentence.first_word == sentence.end_word) return false;
  const std::string_view first = segments.lower(segments.words()[sentence.first_word]);
  return std::ranges::find(known->words, first) != known->words.end();
}

}  // namespace tidings::analyze
