#include "tests/support/publisher/generated_feed.h"

#include <algorithm>
#include <array>

#include "core/json_writer.h"
#include "core/xml_text.h"

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

struct Item {
  std::uint64_t number = 0;
  std::string url, title, topic, author, html;
  Time published{};
};

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

Item make_item(const GeneratedFeeds& settings, std::size_t number, std::uint64_t index,
               Time published) {
  constexpr std::size_t kFrameBytes = 420;  // what an item is besides its HTML, about
  Dice dice = dice_for(settings, number, index);
  const std::string host = generated_host(number);
  Item item{.number = index, .published = published};
  item.url = "https://" + host + "/" + std::to_string(index) + "-";
  item.url += kTopics[dice.below(kTopics.size())];
  append_words(item.title, dice, 6 + dice.below(5));
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

std::string feed_title(std::size_t number) {
  return "Generated news " + std::to_string(number);
}

void append_rss(std::string& out, const Item& item) {
  out.append("<item>\n<title>").append(item.title).append("</title>\n<link>").append(item.url);
  out.append("</link>\n<guid isPermaLink=\"true\">")
      .append(item.url)
      .append("</guid>\n<dc:creator>");
  out.append(item.author)
      .append("</dc:creator>\n<category>")
      .append(item.topic)
      .append("</category>\n<pubDate>");
  out.append(format_http_date(item.published))
      .append("</pubDate>\n<description>")
      .append(item.title);
  out.append("</description>\n<content:encoded><![CDATA[")
      .append(item.html)
      .append("]]></content:encoded>\n</item>\n");
}

void append_atom(std::string& out, const Item& item) {
  const std::string time = format_rfc3339(item.published);
  out.append("<entry>\n<id>").append(item.url).append("</id>\n<title>").append(item.title);
  out.append("</title>\n<link rel=\"alternate\" href=\"")
      .append(item.url)
      .append("\"/>\n<published>")
      .append(time);
  out.append("</published>\n<updated>")
      .append(time)
      .append("</updated>\n<author><name>")
      .append(item.author);
  out.append("</name></author>\n<category term=\"")
      .append(item.topic)
      .append("\"/>\n<content type=\"html\">");
  out.append(xml_text(item.html)).append("</content>\n</entry>\n");
}

void append_json(JsonWriter& json, const Item& item) {
  json.begin_object();
  json.field("id", item.url);
  json.field("url", item.url);
  json.field("title", item.title);
  json.field("content_html", item.html);
  json.field("date_published", item.published);
  json.key("authors");
  json.begin_array();
  json.begin_object();
  json.field("name", item.author);
  json.end_object();
  json.end_array();
  json.key("tags");
  json.begin_array();
  json.value(item.topic);
  json.end_array();
  json.end_object();
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
  GeneratedDocument document;
  std::string& out = document.body;
  out.reserve(shown * settings.item_bytes * 5 / 4 + 1000);
  document.newest =
      published_at(settings, number, began, published - std::min<std::uint64_t>(published, 1));
  const auto each = [&](auto append) {
    for (std::uint64_t i = 1; i <= shown; ++i) {
      const std::uint64_t index = published - i;
      append(make_item(settings, number, index, published_at(settings, number, began, index)));
    }
  };
  const std::string site = "https://" + generated_host(number) + "/";
  if (number % 3 == 0) {
    document.content_type = "application/rss+xml; charset=utf-8";
    out +=
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>";
    out.append(feed_title(number)).append("</title>\n<link>").append(site);
    out += "</link>\n<description>Made up for tests.</description>\n<language>";
    out.append(feed_language(number)).append("</language>\n");
    each([&out](const Item& item) { append_rss(out, item); });
    out += "</channel>\n</rss>\n";
  } else if (number % 3 == 1) {
    document.content_type = "application/atom+xml; charset=utf-8";
    out +=
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
        "xml:lang=\"";
    out.append(feed_language(number))
        .append("\">\n<id>")
        .append(site)
        .append("</id>\n<title>")
        .append(feed_title(number))
        .append("</title>\n<updated>");
    out.append(format_rfc3339(document.newest))
        .append("</updated>\n<link rel=\"alternate\" href=\"")
        .append(site);
    out += "\"/>\n";
    each([&out](const Item& item) { append_atom(out, item); });
    out += "</feed>\n";
  } else {
    document.content_type = "application/feed+json; charset=utf-8";
    JsonWriter json(out);
    json.begin_object();
    json.field("version", "https://jsonfeed.org/version/1.1");
    json.field("title", feed_title(number));
    json.field("home_page_url", site);
    json.field("language", feed_language(number));
    json.key("items");
    json.begin_array();
    each([&json](const Item& item) { append_json(json, item); });
    json.end_array();
    json.end_object();
  }
  return document;
}

}  // namespace tidings::publisher
