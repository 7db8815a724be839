#include "extract/phrases.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/strings.h"
#include "text/lower.h"

namespace tidings::extract {
namespace {

constexpr std::size_t kLineBytesMax = 320;  // longer ones say something

// Equal to one of these but for case and closing signs.
constexpr auto kWhole = std::to_array<std::string_view>({
    "advertisement",
    "advertising",
    "ad",
    "sponsored",
    "loading",
    "loading...",
    "share",
    "share this",
    "share this article",
    "share this story",
    "print",
    "save",
    "comments",
    "comment",
    "related",
    "related content",
    "related stories",
    "related articles",
    "related topics",
    "recommended",
    "recommended stories",
    "more stories",
    "more on this",
    "more on this story",
    "must watch",
    "watch",
    "watch now",
    "gallery",
    "read more",
    "read next",
    "see also",
    "also read",
    "up next",
    "most popular",
    "most read",
    "trending",
    "editor's picks",
    "newsletter",
    "subscribe",
    "follow us",
    "topics",
    "tags",
    "more from",
    "continue reading",
    "story continues",
    "story continues below advertisement",
    "article continues below advertisement",
    "skip past newsletter promotion",
    "skip advertisement",
    "photos",
    "video",
    "learn more",
    "view all",
    "see all",
    "show more",
    "back to top",
    "sign up",
    "play",
    "listen",
    "copy link",
    "view gallery",
    "anzeige",
    "werbung",
    "mehr zum thema",
    "lesen sie auch",
    "das könnte sie auch interessieren",
    "weiterlesen",
    "publicité",
    "à lire aussi",
    "lire aussi",
    "lire la suite",
    "sur le même sujet",
    "partager",
    "publicidad",
    "lee también",
    "lea también",
    "te puede interesar",
    "más información",
    "compartir",
    "noticias relacionadas",
    "pubblicità",
    "leggi anche",
    "condividi",
    "publicidade",
    "leia também",
    "leia mais",
    "compartilhe",
    "reklama",
    "czytaj też",
    "czytaj także",
    "zobacz także",
    "реклама",
    "читайте также",
    "читать далее",
    "поделиться",
    "материалы по теме",
    "διαφήμιση",
    "διαβάστε επίσης",
    "διαβάστε ακόμα",
    "إعلان",
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "اقرأ المزيد",
    "advertentie",
    "lees ook",
    "annons",
    "läs också",
    "annonse",
    "les også",
    "reklam",
    "ilan",
    "hirdetés",
    "関連記事",
    "広告",
    "あわせて読みたい",
    "続きを読む",
    "シェア",
    "相关阅读",
    "相关新闻",
    "广告",
    "延伸閱讀",
    "相關新聞",
    "分享",
    "廣告",
    "관련기사",
    "관련 기사",
    "광고",
    "विज्ञापन",
    "यह भी पढ़ें",
    "ये भी पढ़ें",
    "โฆษณา",
    "อ่านเพิ่มเติม",
    "ข่าวที่เกี่ยวข้อง",
    "quảng cáo",
    "baca juga",
});

// What begins with one of these, a colon included, names another article.
constexpr auto kPointers = std::to_array<std::string_view>({
    "related:",
    "[related:",
    "related content:",
    "related stories:",
    "read more:",
    "read also:",
    "also read:",
    "see also:",
    "more:",
    "more on this:",
    "read next:",
    "up next:",
    "recommended:",
    "watch:",
    "don't miss:",
    "must read:",
    "further reading:",
    "read our full",
    "read the full",
    "lesen sie auch:",
    "mehr zum thema:",
    "auch interessant:",
    "lire aussi",
    "à lire aussi",
    "lire également",
    "lee también:",
    "lea también:",
    "lea tambien:",
    "le puede interesar:",
    "te puede interesar:",
    "leggi anche:",
    "leia também:",
    "leia mais:",
    "saiba mais:",
    "czytaj też:",
    "czytaj także:",
    "zobacz też:",
    "zobacz także:",
    "читайте также:",
    "читайте ещё:",
    "διαβάστε επίσης:",
    "διαβάστε ακόμα:",
    "διαβάστε και:",
    "اقرأ أيضا:",
    "اقرأ أيضًا:",
    "اقرأ أيضاً:",
    "شاهد أيضا:",
    "lees ook:",
    "läs också:",
    "les også:",
    "læs også:",
    "baca juga:",
    "यह भी पढ़ें:",
    "ये भी पढ़ें:",
    "関連記事：",
    "相关阅读：",
    "延伸閱讀：",
    "▶",
});

// What begins with one of these asks the reader for something.
constexpr auto kInvitations = std::to_array<std::string_view>({
    "sign up for",
    "sign up to",
    "sign up here",
    "subscribe to",
    "subscribe now",
    "follow us on",
    "click here to",
    "get the latest",
    "have a tip?",
    "got a tip?",
    "join our",
    "download our",
    "download the app",
    "already a subscriber",
    "want more",
    "get our",
    "enter your email",
    "thank you for reading",
    "support our journalism",
    "like us on",
    "this article is for subscribers",
    "be the first to know",
    "get local news delivered",
    "waiting for your permission",
    "waiting for permission",
    "this story was originally published",
    "contact reporter",
    "this feature is powered by",
    "give your feedback",
    "copyright ©",
    "©",
    "all rights reserved",
    "(c) copyright",
    "we use cookies",
    "please enable javascript",
    "your browser does not support",
    "this content is not available",
    "by signing up",
    "by clicking",
    "hier anmelden",
    "abonnieren sie",
    "jetzt abonnieren",
    "inscrivez-vous",
    "abonnez-vous",
    "suscríbete",
    "suscribase",
    "iscriviti",
    "assine",
    "inscreva-se",
    "подписывайтесь",
    "подпишитесь",
    "εγγραφείτε",
    "ακολουθήστε",
    "اشترك",
    "تابعنا",
    "meld je aan",
    "zapisz się",
    "フォロー",
});

std::string_view without_end_signs(std::string_view text) {
  constexpr std::string_view kSigns = " :.!>»-–—…|*+↓→›";
  while (!text.empty()) {
    const std::size_t before = text.size();
    for (const std::string_view sign : {"»", "–", "—", "…", "↓", "→", "›", "：", "▼"}) {
      if (text.ends_with(sign)) text.remove_suffix(sign.size());
    }
    if (!text.empty() && kSigns.find(text.back()) != std::string_view::npos &&
        static_cast<unsigned char>(text.back()) < 0x80)
      text.remove_suffix(1);
    if (text.size() == before) break;
  }
  return text;
}

// "3 of 57", "12/40".
bool is_counter(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at > begin && at - begin <= 4;
  };
  if (!digits()) return false;
  while (at < text.size() && text[at] == ' ') ++at;
  if (text.substr(at).starts_with("of")) {
    at += 2;
  } else if (at < text.size() && text[at] == '/') {
    ++at;
  } else {
    return false;
  }
  while (at < text.size() && text[at] == ' ') ++at;
  return digits() && at == text.size();
}

}  // namespace

bool is_furniture_line(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > kLineBytesMax) return false;
  if (text.size() <= 12 && is_counter(text)) return true;
  const std::string lower = text::lower(text);
  const std::string_view bare = without_end_signs(lower);
  const auto begins = [&](std::string_view known) { return lower.starts_with(known); };
  return std::find(kWhole.begin(), kWhole.end(), bare) != kWhole.end() ||
         std::any_of(kPointers.begin(), kPointers.end(), begins) ||
         std::any_of(kInvitations.begin(), kInvitations.end(), begins);
}

}  // namespace tidings::extract
