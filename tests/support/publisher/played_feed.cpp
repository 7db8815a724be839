#include "tests/support/publisher/played_feed.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>
#include <system_error>
#include <utility>

#include "core/hash.h"
#include "core/strings.h"
#include "core/xml_text.h"

namespace tidings::publisher {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kShown = 12;
constexpr std::int64_t kMinutesMax = 24 * 60;
const Time kFirstDay = from_micros(1'767'225'600'000'000);  // 2026-01-01

// Calls `plain` with what stands between brackets' pairs and `bracket` with what stands in them.
void walk(std::string_view text, const std::function<void(std::string_view)>& plain,
          const std::function<void(std::string_view)>& bracket) {
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t close = open == std::string_view::npos ? open : text.find(']', open);
    if (close == std::string_view::npos) return plain(text);
    plain(text.substr(0, open));
    bracket(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

bool is_choice(std::string_view inside) {
  return inside.find('|') != std::string_view::npos;
}

std::uint64_t combinations(const Story& story) {
  std::uint64_t count = 1;
  for (const std::string_view text :
       {std::string_view(story.title), std::string_view(story.text)}) {
    walk(
        text, [](std::string_view) {},
        [&count](std::string_view inside) {
          if (is_choice(inside)) count *= split(inside, '|').size();
        });
  }
  return count;
}

// One telling of a story: `combination` is the choices in mixed radix, the first choice lowest.
class Telling {
 public:
  explicit Telling(std::uint64_t combination) : combination_(combination) {}

  std::string tell(std::string_view text) {
    std::string out;
    walk(
        text, [&out](std::string_view plain) { out += plain; },
        [&](std::string_view inside) {
          out += is_choice(inside) ? choose(inside) : again(inside);
        });
    return out;
  }

 private:
  std::string choose(std::string_view inside) {
    const std::vector<std::string_view> choices = split(inside, '|');
    chosen_.emplace_back(choices[combination_ % choices.size()]);
    combination_ /= choices.size();
    return chosen_.back();
  }
  std::string again(std::string_view inside) const {
    const auto number = static_cast<std::size_t>(parse_int(inside).value_or(0));
    return number >= 1 && number <= chosen_.size() ? chosen_[number - 1]
                                                   : "[" + std::string(inside) + "]";
  }

  std::uint64_t combination_;
  std::vector<std::string> chosen_;
};

// Far enough apart that neighbors differ in more than one choice, and without a common factor, so
// that every combination comes.
std::uint64_t stride(std::uint64_t count) {
  std::uint64_t step = std::max<std::uint64_t>(count * 5 / 8, 1);
  while (std::gcd(step, count) != 1) ++step;
  return step;
}

Result<void> take_field(PlayedFeed& feed, std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  const std::string value(colon == std::string_view::npos ? "" : trim(line.substr(colon + 1)));
  if (name == "host") return feed.host = value, Result<void>();
  if (name == "title") return feed.title = value, Result<void>();
  if (name == "language") return feed.language = value, Result<void>();
  if (name == "format" && (value == "rss" || value == "atom" || value == "json")) {
    feed.format = value == "rss"    ? FeedFormat::Rss
                  : value == "atom" ? FeedFormat::Atom
                                    : FeedFormat::Json;
    return {};
  }
  const auto minutes = parse_int(value);
  if (name == "minutes" && minutes && *minutes > 0 && *minutes <= kMinutesMax) {
    feed.publish_every = std::chrono::minutes(*minutes);
    return {};
  }
  return invalid_input("no field of a feed: " + std::string(line));
}

Result<Story> make_story(const std::vector<std::string_view>& lines) {
  const std::vector<std::string_view> by =
      lines.size() == 3 ? split(lines[1], '/') : std::vector<std::string_view>();
  if (by.size() != 2)
    return invalid_input("no story of title, author / topic and text: " + std::string(lines[0]));
  return Story{.title = std::string(lines[0]),
               .author = std::string(trim(by[0])),
               .topic = std::string(trim(by[1])),
               .text = std::string(lines[2])};
}

// A moment of the feed's own within its period, so that feeds do not publish all at once.
Duration offset(const PlayedFeed& feed) {
  const auto period = std::chrono::floor<std::chrono::seconds>(feed.publish_every).count();
  return std::chrono::seconds(hash64(feed.host) % static_cast<std::uint64_t>(period));
}

}  // namespace

Result<PlayedFeed> parse_played_feed(std::string_view text) {
  PlayedFeed feed;
  std::vector<std::string_view> block;
  bool in_head = true;
  const std::string ended = std::string(text) + "\n\n";
  for (const std::string_view line : split(ended, '\n')) {
    if (!trim(line).empty()) {
      block.push_back(trim(line));
      continue;
    }
    if (block.empty()) continue;
    if (in_head) {
      for (const std::string_view field : block) TRY(take_field(feed, field));
    } else {
      feed.stories.push_back(TRY(make_story(block)));
    }
    in_head = false;
    block.clear();
  }
  if (feed.host.empty() || feed.title.empty() || feed.publish_every.count() == 0)
    return invalid_input("host, title and minutes are needed");
  if (feed.stories.empty()) return invalid_input("there is no story");
  return feed;
}

Result<std::vector<PlayedFeed>> read_played_feeds(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".txt") paths.push_back(it->path());
  }
  if (error) return not_found("read the folder " + folder + ": " + error.message());
  std::sort(paths.begin(), paths.end());
  std::vector<PlayedFeed> feeds;
  for (const fs::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    feeds.push_back(TRY(with_context(parse_played_feed(text), "read " + path.string())));
  }
  return feeds;
}

std::uint64_t played_count(const PlayedFeed& feed, Time now) {
  const Duration since_first = now - kFirstDay - offset(feed);
  return since_first.count() < 0 ? 0
                                 : static_cast<std::uint64_t>(since_first / feed.publish_every) + 1;
}

DocumentItem played_item(const PlayedFeed& feed, std::uint64_t index) {
  const Story& story = feed.stories[index % feed.stories.size()];
  const std::uint64_t count = combinations(story);
  const std::uint64_t round = index / feed.stories.size();
  Telling telling(round % count * stride(count) % count);
  DocumentItem item{.url = "https://" + feed.host + "/" + std::to_string(index),
                    .topic = story.topic,
                    .author = story.author,
                    .published = kFirstDay + offset(feed) +
                                 static_cast<std::int64_t>(index) * feed.publish_every};
  item.title = telling.tell(story.title);
  item.summary = telling.tell(story.text);
  item.html = "<p>" + xml_text(item.summary) + "</p>\n";
  return item;
}

FeedText play(const PlayedFeed& feed, std::uint64_t published) {
  std::vector<DocumentItem> items;
  for (std::uint64_t i = 1; i <= std::min(kShown, published); ++i)
    items.push_back(played_item(feed, published - i));
  return write_feed(feed.format,
                    {.site = "https://" + feed.host + "/",
                     .title = feed.title,
                     .description = feed.title,
                     .language = feed.language,
                     .updated = items.empty() ? kFirstDay : items.front().published},
                    items);
}

}  // namespace tidings::publisher
