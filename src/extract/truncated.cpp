#include "extract/truncated.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/lower.h"

namespace tidings::extract {
namespace {

// As much as an article has at least: about 120 words.
constexpr std::size_t kArticleWeightMin = 700;
// Long enough to be the whole of something even if it ends like an excerpt.
constexpr std::size_t kLongWeight = 6'000;
constexpr std::size_t kEndBytes = 240;

constexpr auto kReadMore = std::to_array<std::string_view>({
    "read more",
    "read on",
    "continue reading",
    "read the full",
    "read the rest",
    "full story",
    "keep reading",
    "more »",
    "more...",
    "view article",
    "read article",
    "read full article",
    "click here to read",
    "learn more",
    "read this article",
    "see more",
    "find out more",
    "weiterlesen",
    "mehr lesen",
    "zum artikel",
    "mehr erfahren",
    "lesen sie mehr",
    "den ganzen artikel",
    "lire la suite",
    "lire plus",
    "en savoir plus",
    "lire l'article",
    "lire l’article",
    "seguir leyendo",
    "leer más",
    "leer mas",
    "sigue leyendo",
    "continuar leyendo",
    "ver más",
    "leggi tutto",
    "continua a leggere",
    "leggi di più",
    "leggi l'articolo",
    "continua",
    "leia mais",
    "ler mais",
    "continue lendo",
    "continuar a ler",
    "saiba mais",
    "lees verder",
    "lees meer",
    "verder lezen",
    "czytaj więcej",
    "czytaj dalej",
    "więcej",
    "читать далее",
    "читать полностью",
    "подробнее",
    "читать дальше",
    "читати далі",
    "детальніше",
    "διαβάστε περισσότερα",
    "περισσότερα",
    "συνέχεια",
    "läs mer",
    "læs mere",
    "les mer",
    "lue lisää",
    "devamını oku",
    "devamı",
    "tovább olvasom",
    "tovább",
    "číst dále",
    "více",
    "citește mai mult",
    "اقرأ المزيد",
    "المزيد",
    "تابع القراءة",
    "קרא עוד",
    "המשך קריאה",
    "और पढ़ें",
    "आगे पढ़ें",
    "続きを読む",
    "もっと読む",
    "全文を読む",
    "阅读全文",
    "查看全文",
    "继续阅读",
    "閱讀全文",
    "繼續閱讀",
    "更多",
    "더 보기",
    "더보기",
    "계속 읽기",
    "전문 보기",
    "อ่านต่อ",
    "อ่านเพิ่มเติม",
    "đọc tiếp",
    "xem thêm",
    "baca selengkapnya",
    "selengkapnya",
});

constexpr auto kDots = std::to_array<std::string_view>(
    {"…", "...", "[…]", "[...]", "(...)", "(…)", "[&#8230;]", "…]", "。。。", "[ … ]", ". . ."});

// Letters of scripts whose characters are words or syllables say more.
std::size_t weight_of(std::string_view text) {
  std::size_t weight = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xC0) continue;
    weight += byte >= 0xE3 && byte <= 0xED ? 3 : 1;
  }
  return weight;
}

std::string_view tail_of(std::string_view text) {
  text = trim(text);
  if (text.size() <= kEndBytes) return text;
  std::size_t begin = text.size() - kEndBytes;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  return text.substr(begin);
}

std::string_view without_signs(std::string_view text) {
  while (!text.empty()) {
    const std::size_t before = text.size();
    for (const std::string_view sign :
         {"»", "→", "›", ">", ".", "…", "]", ")", "：", ":", "\xC2\xA0"}) {
      if (text.ends_with(sign)) text.remove_suffix(sign.size());
    }
    text = trim(text);
    if (text.size() == before) break;
  }
  return text;
}

bool ends_with_dots(std::string_view tail) {
  return std::any_of(kDots.begin(), kDots.end(),
                     [&](std::string_view dots) { return tail.ends_with(dots); });
}

bool ends_with_read_more(std::string_view tail) {
  const std::string lower = text::lower(tail);
  const std::string_view bare = without_signs(lower);
  return std::any_of(kReadMore.begin(), kReadMore.end(),
                     [&](std::string_view phrase) { return bare.ends_with(phrase); });
}

// "Continue reading Port Hollis closes its ferry terminal": the phrase, then the title.
bool ends_with_link(std::string_view tail, std::string_view link) {
  link = trim(link);
  if (link.empty() || !trim(tail).ends_with(link)) return false;
  const std::string lower = text::lower(link);
  return std::any_of(kReadMore.begin(), kReadMore.end(),
                     [&](std::string_view phrase) { return lower.starts_with(phrase); });
}

// WordPress ends its excerpts so, but also its whole texts: what stands before it counts.
std::string_view without_footer(std::string_view text) {
  text = trim(text);
  const std::string_view tail = tail_of(text);
  const std::size_t at = tail.rfind("The post ");
  if (at != std::string_view::npos &&
      tail.find(" appeared first on ", at) != std::string_view::npos)
    return trim(text.substr(0, text.size() - tail.size() + at));
  return text;
}

}  // namespace

bool is_truncated(const EntryText& entry) {
  const std::string_view content = without_footer(entry.content);
  const std::string_view summary = without_footer(entry.summary);
  const std::string_view text = content.empty() ? summary : content;
  const std::size_t weight = weight_of(text);
  if (weight < kArticleWeightMin) return true;
  if (weight >= kLongWeight) return false;
  const std::string_view tail = tail_of(text);
  return ends_with_dots(tail) || ends_with_read_more(tail) ||
         ends_with_link(tail, entry.last_link_text);
}

}  // namespace tidings::extract
