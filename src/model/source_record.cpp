#include "model/source_record.h"

#include <algorithm>
#include <charconv>

#include "core/strings.h"

namespace tidings {
namespace {

using std::chrono::seconds;

constexpr double kIntervalShare = 0.25;  // of the latest one in the average
constexpr std::size_t kErrorClassBytesMax = 32;
constexpr std::size_t kUrlBytesMax = 2048;

std::int64_t to_seconds(Time time) {
  return std::chrono::floor<seconds>(time.time_since_epoch()).count();
}

Time from_seconds(std::int64_t value) {
  constexpr std::int64_t kMost = 1LL << 40;  // far from where microseconds overflow
  return Time(seconds(std::clamp(value, -kMost, kMost)));
}

void append_number(std::string& text, std::int64_t value) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  text.append(digits, end);
}

// One part: its letter and its numbers, "q4,65".
void append_part(std::string& text, char name, std::int64_t first,
                 std::optional<std::int64_t> second = std::nullopt) {
  if (first == 0 && !second) return;
  if (!text.empty()) text += ' ';
  text += name;
  append_number(text, first);
  if (!second) return;
  text += ',';
  append_number(text, *second);
}

bool is_one_word(std::string_view text, std::size_t bytes_max) {
  return text.size() <= bytes_max &&
         std::ranges::none_of(text, [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F; });
}

// "h1764000000 n+0 m+300 f+600:http_503": each time from the one before.
void append_fetches(std::string& text, const std::vector<FetchRecord>& fetches) {
  if (fetches.empty()) return;
  std::int64_t before = to_seconds(fetches.front().at);
  append_part(text, 'h', before);
  for (const FetchRecord& fetch : fetches) {
    const std::int64_t at = to_seconds(fetch.at);
    text += ' ';
    text += static_cast<char>(fetch.outcome);
    text += '+';
    append_number(text, at - before);
    before = at;
    if (!fetch.error_class.empty() && is_one_word(fetch.error_class, kErrorClassBytesMax))
      text.append(":").append(fetch.error_class);
  }
}

// The number at the front of `text`, which loses it; 0 where there is none.
std::int64_t take_number(std::string_view& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::int64_t take_next_number(std::string_view& text) {
  if (!text.starts_with(',')) return 0;
  text.remove_prefix(1);
  return take_number(text);
}

class Reader {
 public:
  SourceRecord read(std::string_view text) {
    for (const std::string_view part : split(text, ' ')) {
      if (part.empty()) continue;
      if (part.size() > 1 && part[1] == '+') {
        fetch(part);
      } else {
        value(part[0], part.substr(1));
      }
    }
    return std::move(record_);
  }

 private:
  void fetch(std::string_view part) {
    if (std::string_view("ncumf").find(part[0]) == std::string_view::npos) return;
    FetchRecord fetch{.outcome = static_cast<FetchOutcome>(part[0])};
    part.remove_prefix(2);
    fetch.at = at_ += seconds(std::clamp<std::int64_t>(take_number(part), -1LL << 32, 1LL << 32));
    if (part.starts_with(':')) fetch.error_class = part.substr(1);
    if (record_.fetches.size() < kFetchesKept) record_.fetches.push_back(std::move(fetch));
  }

  void value(char name, std::string_view text) {
    if (name == 'p') {
      record_.push_topic = text.substr(std::min<std::size_t>(1, text.size()));
      return;
    }
    const std::int64_t first = take_number(text);
    const std::int64_t second = take_next_number(text);
    switch (name) {
      case 'h':
        at_ = from_seconds(first);
        break;
      case 't':
        record_.fetches_total = first;
        break;
      case 'k':
        record_.changes_total = first;
        record_.empty_changes_total = second;
        break;
      case 'i':
        record_.interval_average = seconds(first);
        break;
      case 'b':
        record_.body_bytes = first;
        break;
      case 'w':
        record_.last_full_at = from_seconds(first);
        break;
      case 's':
        record_.silence_max = seconds(first);
        break;
      case 'x':
        record_.false_304s = static_cast<std::int32_t>(std::clamp<std::int64_t>(first, 0, 1000));
        break;
      case 'q':
        record_.quiet = {.hours = static_cast<std::uint32_t>(first & 0xFF'FFFF),
                         .days = static_cast<std::uint32_t>(second & 0x7F)};
        break;
      case 'r':
        if (!text.starts_with(',')) break;
        record_.move = {
            .url = std::string(text.substr(1)),
            .since = from_seconds(second),
            .answers = static_cast<std::int32_t>(std::clamp<std::int64_t>(first, 0, 1000))};
        break;
      default:
        break;
    }
  }

  SourceRecord record_;
  Time at_{};
};

}  // namespace

std::string_view to_string(FetchOutcome outcome) {
  switch (outcome) {
    case FetchOutcome::NewArticles:
      return "new_articles";
    case FetchOutcome::NothingNew:
      return "nothing_new";
    case FetchOutcome::SameBytes:
      return "same_bytes";
    case FetchOutcome::NotModified:
      return "not_modified";
    case FetchOutcome::Failed:
      return "failed";
  }
  return "unknown";
}

void SourceRecord::add(FetchRecord record) {
  if (!fetches.empty()) {
    const auto interval =
        std::max(std::chrono::floor<seconds>(record.at - fetches.back().at), seconds(0));
    const double share = fetches_total == 1 ? 1 : kIntervalShare;
    interval_average += std::chrono::round<seconds>((interval - interval_average) * share);
  }
  ++fetches_total;
  if (record.outcome == FetchOutcome::NewArticles) ++changes_total;
  if (record.outcome == FetchOutcome::NothingNew) ++empty_changes_total;
  if (fetches.size() >= kFetchesKept) fetches.erase(fetches.begin());
  record.at = std::chrono::floor<seconds>(record.at);
  fetches.push_back(std::move(record));
}

void SourceRecord::note_new_articles() {
  if (fetches.empty() || fetches.back().outcome != FetchOutcome::NothingNew) return;
  fetches.back().outcome = FetchOutcome::NewArticles;
  --empty_changes_total;
  ++changes_total;
}

std::string encode_record(const SourceRecord& record) {
  std::string text;
  text.reserve(192);
  append_part(text, 't', record.fetches_total);
  if (record.changes_total != 0 || record.empty_changes_total != 0)
    append_part(text, 'k', record.changes_total, record.empty_changes_total);
  append_part(text, 'i', record.interval_average.count());
  append_part(text, 'b', record.body_bytes);
  if (record.last_full_at) append_part(text, 'w', to_seconds(*record.last_full_at));
  append_part(text, 's', record.silence_max.count());
  append_part(text, 'x', record.false_304s);
  if (record.quiet != QuietTimes{}) append_part(text, 'q', record.quiet.hours, record.quiet.days);
  const MoveEvidence& move = record.move;
  if (!move.url.empty() && is_one_word(move.url, kUrlBytesMax)) {
    append_part(text, 'r', move.answers, to_seconds(move.since));
    text.append(",").append(move.url);
  }
  if (!record.push_topic.empty() && is_one_word(record.push_topic, kUrlBytesMax))
    text.append(text.empty() ? "p," : " p,").append(record.push_topic);
  append_fetches(text, record.fetches);
  return text;
}

SourceRecord decode_record(std::string_view text) {
  return Reader().read(text);
}

}  // namespace tidings
