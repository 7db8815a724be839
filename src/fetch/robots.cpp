#include "fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/strings.h"

namespace tidings::fetch {
namespace {

constexpr std::size_t kBytesMax = 512 * 1024;
constexpr std::size_t kRulesMax = 4'000;
constexpr std::size_t kPatternBytesMax = 1'024;
constexpr std::size_t kTargetBytesMax = 2'048;
constexpr std::size_t kSitemapsMax = 100;
constexpr double kCrawlDelaySecondsMax = 60;

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_unreserved(unsigned char c) {
  return is_alpha(static_cast<char>(c)) || is_digit(static_cast<char>(c)) || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

void append_escape(std::string& out, unsigned char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += {'%', kDigits[c >> 4], kDigits[c & 15]};
}

// One spelling of what may be written in several (§2.2.2): escapes of unreserved characters are
// taken off, other bytes beyond ASCII are escaped, and hexadecimal digits are capital.
std::string normalized(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto c = static_cast<unsigned char>(path[i]);
    const bool is_escape = c == '%' && i + 2 < path.size() && hex_value(path[i + 1]) >= 0 &&
                           hex_value(path[i + 2]) >= 0;
    if (is_escape) {
      const auto meant =
          static_cast<unsigned char>(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2]));
      i += 2;
      if (is_unreserved(meant)) {
        out += static_cast<char>(meant);
      } else {
        append_escape(out, meant);
      }
    } else if (c >= 0x80 || c <= ' ') {
      append_escape(out, c);
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

// '*' stands for any characters, '$' at the end for the end. Each piece between stars is found at
// its first place, so that there is nothing to go back to.
bool matches(std::string_view pattern, std::string_view target) {
  const bool is_anchored = pattern.ends_with('$');
  if (is_anchored) pattern.remove_suffix(1);
  bool is_first = true;
  while (true) {
    const std::size_t star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    const bool is_last = star == std::string_view::npos;
    if (is_last && is_anchored) return is_first ? target == piece : target.ends_with(piece);
    if (is_first && !target.starts_with(piece)) return false;
    const std::size_t at = is_first ? 0 : target.find(piece);
    if (at == std::string_view::npos) return false;
    if (is_last) return true;
    target.remove_prefix(at + piece.size());
    pattern.remove_prefix(star + 1);
    is_first = false;
  }
}

std::optional<std::chrono::milliseconds> read_delay(std::string_view value) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error != std::errc() || !std::isfinite(seconds) || seconds < 0) return std::nullopt;
  seconds = std::min(seconds, kCrawlDelaySecondsMax);
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

// "Tidings" of "Tidings/0.1".
std::string_view product_token(std::string_view value) {
  std::size_t size = 0;
  while (size < value.size() && (is_alpha(value[size]) || value[size] == '-' || value[size] == '_'))
    ++size;
  return value.substr(0, size);
}

}  // namespace

// Goes through the lines and keeps what the groups for us and those for everybody say.
class RobotsReader {
 public:
  explicit RobotsReader(std::string_view product) : product_(product) {}

  void take_line(std::string_view line) {
    line = trim(line.substr(0, line.find('#')));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (iequals(key, "user-agent")) {
      take_agent(value);
    } else if (iequals(key, "sitemap")) {
      if (sitemaps_.size() < kSitemapsMax && !value.empty()) sitemaps_.emplace_back(value);
    } else if (iequals(key, "allow") || iequals(key, "disallow")) {
      take_rule(value, iequals(key, "allow"));
    } else if (iequals(key, "crawl-delay")) {
      is_listing_agents_ = false;
      if (for_us_) ours_.crawl_delay_ = read_delay(value);
      if (for_all_) everybodys_.crawl_delay_ = read_delay(value);
    }
  }

  RobotsRules rules() && {
    RobotsRules rules = std::move(is_named_ ? ours_ : everybodys_);
    rules.sitemaps_ = std::move(sitemaps_);
    return rules;
  }

 private:
  // Agents in a row share the group that follows.
  void take_agent(std::string_view value) {
    if (!is_listing_agents_) for_us_ = for_all_ = false;
    is_listing_agents_ = true;
    if (value == "*") for_all_ = true;
    if (iequals(product_token(value), product_)) for_us_ = is_named_ = true;
  }

  void take_rule(std::string_view value, bool allow) {
    is_listing_agents_ = false;
    // An empty Disallow forbids nothing.
    if (value.empty() || value.size() > kPatternBytesMax) return;
    if (for_us_) add(ours_, value, allow);
    if (for_all_) add(everybodys_, value, allow);
  }

  static void add(RobotsRules& rules, std::string_view value, bool allow) {
    if (rules.rules_.size() < kRulesMax)
      rules.rules_.push_back({.pattern = normalized(value), .allow = allow});
  }

  const std::string_view product_;
  RobotsRules ours_, everybodys_;
  std::vector<std::string> sitemaps_;
  bool is_listing_agents_ = false;
  bool for_us_ = false, for_all_ = false;  // whom the group that is being read is for
  bool is_named_ = false;                  // some group was for us
};

RobotsRules RobotsRules::none_allowed() {
  RobotsRules rules;
  rules.rules_.push_back({.pattern = "/", .allow = false});
  return rules;
}

RobotsRules RobotsRules::parse(std::string_view text, std::string_view product) {
  text = text.substr(0, kBytesMax);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  RobotsReader reader(product);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    reader.take_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(reader).rules();
}

bool RobotsRules::allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const std::string path = normalized(target.substr(0, kTargetBytesMax));
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    const bool is_better = best == nullptr || rule.pattern.size() > best->pattern.size() ||
                           (rule.pattern.size() == best->pattern.size() && rule.allow);
    if (is_better && matches(rule.pattern, path)) best = &rule;
  }
  return best == nullptr || best->allow;
}

}  // namespace tidings::fetch
