#include "tests/support/publisher/generated_feed.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "tests/support/publisher/feed_document.h"

namespace tidings::publisher {
namespace {

constexpr std::array<std::string_view, 96> kWords = {
    "council",  "river",     "vote",     "harbor",    "minister",  "storm",     "market",
    "teacher",  "border",    "vaccine",  "orchestra", "satellite", "bridge",    "election",
    "farmer",   "energy",    "museum",   "court",     "harvest",   "railway",   "glacier",
    "budget",   "stadium",   "hospital", "treaty",    "senate",    "volcano",   "library",
    "factory",  "coalition", "drought",  "festival",  "São Paulo", "Zürich",    "Kraków",
    "İstanbul", "Málaga",    "Tōkyō",    "Đà Nẵng",   "Αθήνα",     "announced", "rejected",
    "opened",   "measured",  "warned",   "found",     "signed",    "delayed",   "published",
    "approved", "expects",   "denied",   "restored",  "doubled",   "halved",    "followed",
    "reported", "the",       "a",        "this",      "their",     "another",   "every",
    "first",    "second",    "largest",  "new",       "public",    "regional",  "independent",
    "early",    "quiet",     "rising",   "historic",  "and",       "but",       "while",
    "after",    "before",    "because",  "near",      "against",   "without",   "during",
    "for",      "with",      "of",       "to",        "in",        "from",      "under",
    "between",  "costs",     "plans",    "talks",     "repairs"};

constexpr std::array<std::string_view, 8> kTopics = {
    "politics", "science", "sport", "economy", "culture", "health", "weather", "environment"};

// splitmix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

Dice dice_for(const GeneratedFeeds& settings, std::size_t number, std::uint64_t item) {
  return Dice(Dice(settings.seed ^ (number * 0x9E3779B97F4A7C15ULL)).next() ^
              (item * 0xD1B54A32D192ED03ULL));
}

void append_words(std::string& out, Dice& dice, std::size_t count) {
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += kWords[dice.below(kWords.size())];
  }
  if (out[start] >= 'a' && out[start] <= 'z') out[start] = static_cast<char>(out[start] - 32);
}

void append_paragraph(std::string& html, Dice& dice, const std::string& host) {
  switch (dice.below(8)) {
    case 0:
      html.append("<figure><img src=\"https://")
          .append(host)
          .append("/images/")
          .append(std::to_string(dice.below(9999)));
      html += ".jpg\" alt=\"";
      append_words(html, dice, 4);
      html += "\" width=\"640\" height=\"360\"><figcaption>";
      append_words(html, dice, 8);
      html += ".</figcaption></figure>\n";
      return;
    case 1:
      html += "<ul><li>";
      append_words(html, dice, 6);
      html += "</li><li>";
      append_words(html, dice, 7);
      html += "</li></ul>\n";
      return;
    case 2:
      html += "<blockquote><p>&ldquo;";
      append_words(html, dice, 12);
      html += "&rdquo;</p></blockquote>\n";
      return;
    default:
      break;
  }
  html += "<p>";
  append_words(html, dice, 10 + dice.below(8));
  html += ", <a href=\"/tags/";
  html += kTopics[dice.below(kTopics.size())];
  html += "\">";
  append_words(html, dice, 3);
  html += "</a> &amp; <strong>";
  append_words(html, dice, 2);
  html += "</strong>. ";
  append_words(html, dice, 9 + dice.below(9));
  html += ".</p>\n";
}

DocumentItem make_item(const GeneratedFeeds& settings, std::size_t number, std::uint64_t index,
                       Time published) {
  constexpr std::size_t kFrameBytes = 420;  // what an item is besides its HTML, about
  Dice dice = dice_for(settings, number, index);
  const std::string host = generated_host(number);
  DocumentItem item{.published = published};
  item.url = "https://" + host + "/" + std::to_string(index) + "-";
  item.url += kTopics[dice.below(kTopics.size())];
  append_words(item.title, dice, 6 + dice.below(5));
  item.summary = item.title;
  item.topic = kTopics[dice.below(kTopics.size())];
  append_words(item.author, dice, 2);
  const std::size_t wanted = settings.item_bytes - std::min(settings.item_bytes, kFrameBytes);
  while (item.html.size() < wanted) append_paragraph(item.html, dice, host);
  return item;
}

// Declared only: the words are English, so that filters have something to tell apart.
std::string_view feed_language(std::size_t number) {
  constexpr std::array<std::string_view, 8> kLanguages = {"en", "de", "fr", "es",
                                                          "pt", "it", "ru", "ja"};
  return kLanguages[number % kLanguages.size()];
}

// The moment within the period at which this feed publishes.
Duration offset(const GeneratedFeeds& settings, std::size_t number) {
  const auto period =
      static_cast<std::uint64_t>(std::max<std::int64_t>(settings.publish_every.count(), 1));
  return Duration(static_cast<std::int64_t>(Dice(settings.seed + number).next() % period));
}

Time published_at(const GeneratedFeeds& settings, std::size_t number, Time began,
                  std::uint64_t index) {
  const auto steps = static_cast<std::int64_t>(index) - static_cast<std::int64_t>(settings.items);
  const Time exact = began + offset(settings, number) + steps * settings.publish_every;
  return std::chrono::floor<std::chrono::seconds>(exact);
}

}  // namespace

std::string generated_host(std::size_t number) {
  return "generated-" + std::to_string(number) + ".test";
}

std::uint64_t published_count(const GeneratedFeeds& settings, std::size_t number, Time began,
                              Time now) {
  const Duration since_first = now - began - offset(settings, number);
  if (since_first.count() < 0 || settings.publish_every.count() <= 0) return settings.items;
  return settings.items + 1 + static_cast<std::uint64_t>(since_first / settings.publish_every);
}

GeneratedDocument generate(const GeneratedFeeds& settings, std::size_t number, Time began,
                           std::uint64_t published) {
  const std::uint64_t shown = std::min<std::uint64_t>(settings.items, published);
  const Time newest =
      published_at(settings, number, began, published - std::min<std::uint64_t>(published, 1));
  std::vector<DocumentItem> items;
  for (std::uint64_t i = 1; i <= shown; ++i) {
    const std::uint64_t index = published - i;
    items.push_back(
        make_item(settings, number, index, published_at(settings, number, began, index)));
  }
  constexpr std::array kFormats = {FeedFormat::Rss, FeedFormat::Atom, FeedFormat::Json};
  FeedText text = write_feed(kFormats[number % 3],
                             {.site = "https://" + generated_host(number) + "/",
                              .title = "Generated news " + std::to_string(number),
                              .description = "Made up for tests.",
                              .language = std::string(feed_language(number)),
                              .updated = newest},
                             items);
  return {.body = std::move(text.body), .content_type = text.content_type, .newest = newest};
}

}  // namespace tidings::publisher
