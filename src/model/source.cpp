#include "model/source.h"

#include <algorithm>

#include <array>
#include <utility>

#include "core/strings.h"

namespace tidings {
namespace {

using Field = ExtractRule::Field;

constexpr std::array<std::pair<std::string_view, SourceKind>, 4> kSchemes = {{
    {"api:", SourceKind::Api},
    {"folder:", SourceKind::Folder},
    {"mbox:", SourceKind::Mailbox},
    {"maildir:", SourceKind::Mailbox},
}};
constexpr std::array<std::pair<FullText, std::string_view>, 3> kFullText = {{
    {FullText::Off, "off"},
    {FullText::On, "on"},
    {FullText::Automatic, "automatic"},
}};
constexpr std::array<std::pair<Field, std::string_view>, 5> kFields = {{
    {Field::Content, "content"},
    {Field::Title, "title"},
    {Field::Authors, "authors"},
    {Field::Published, "published"},
    {Field::Remove, "remove"},
}};

}  // namespace

SourceKind kind_of(std::string_view address) {
  for (const auto& [scheme, kind] : kSchemes) {
    if (address.starts_with(scheme)) return kind;
  }
  return SourceKind::Feed;
}

std::string_view to_string(SourceKind kind) {
  switch (kind) {
    case SourceKind::Feed:
      return "feed";
    case SourceKind::Api:
      return "api";
    case SourceKind::Folder:
      return "folder";
    case SourceKind::Mailbox:
      return "mailbox";
  }
  return "unknown";
}

std::string_view to_string(FullText full_text) {
  for (const auto& [known, name] : kFullText) {
    if (known == full_text) return name;
  }
  return "unknown";
}

std::optional<FullText> parse_full_text(std::string_view name) {
  for (const auto& [full_text, known] : kFullText) {
    if (known == name) return full_text;
  }
  return std::nullopt;
}

std::string to_string(const ExtractRule& rule) {
  for (const auto& [field, name] : kFields) {
    if (field == rule.field) return std::string(name) + "=" + rule.selector;
  }
  return {};
}

Result<ExtractRule> parse_extract_rule(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view given = trim(text.substr(0, equals));
  const std::string_view selector =
      equals == std::string_view::npos ? "" : trim(text.substr(equals + 1));
  for (const auto& [field, name] : kFields) {
    if (name == given && !selector.empty())
      return ExtractRule{.field = field, .selector = std::string(selector)};
  }
  return invalid_input("'" + std::string(text) +
                       "' is no rule: write content=SELECTOR, title=…, authors=…, published=… or "
                       "remove=…");
}

SourceHealth health(const Source& source) {
  if (source.state.gone) return SourceHealth::Gone;
  if (!source.settings.enabled) return SourceHealth::Disabled;
  if (source.state.problem) return SourceHealth::Failing;
  return source.state.last_succeeded_at ? SourceHealth::Ok : SourceHealth::New;
}

namespace {

constexpr Duration kDeadAfter = std::chrono::weeks(4);
constexpr double kNoisyArticlesPerDay = 300;  // wire services have about a hundred

bool is_dead(const Source& source, Time now) {
  const SourceState& state = source.state;
  if (state.gone) return true;
  return state.problem && state.last_succeeded_at.value_or(source.added_at) <= now - kDeadAfter;
}

bool is_stale(const Source& source, Time now) {
  constexpr Duration kMonth = std::chrono::days(30);
  constexpr double kIntervals = 10;
  const SourceState& state = source.state;
  if (state.problem || state.gone || !state.last_succeeded_at) return false;
  Duration patience = kMonth;
  if (state.articles_per_day > 0) {
    const std::chrono::duration<double> interval(86'400 / state.articles_per_day);
    patience = std::max(patience, std::chrono::round<Duration>(kIntervals * interval));
  }
  return state.last_new_at.value_or(source.added_at) < now - patience;
}

bool is_noisy(const Source& source) {
  constexpr std::int64_t kFetchesToJudge = 20;
  const SourceRecord& record = source.state.record;
  if (source.state.articles_per_day >= kNoisyArticlesPerDay) return true;
  return record.fetches_total >= kFetchesToJudge &&
         record.empty_changes_total * 10 >= record.fetches_total * 8;
}

}  // namespace

bool has_concern(const Source& source, SourceConcern concern, Time now) {
  if (!source.settings.enabled) return false;
  switch (concern) {
    case SourceConcern::Failing:
      return source.state.problem && !source.state.gone;
    case SourceConcern::Dead:
      return is_dead(source, now);
    case SourceConcern::Stale:
      return is_stale(source, now);
    case SourceConcern::Noisy:
      return is_noisy(source);
  }
  return false;
}

std::string_view to_string(SourceConcern concern) {
  switch (concern) {
    case SourceConcern::Failing:
      return "failing";
    case SourceConcern::Dead:
      return "dead";
    case SourceConcern::Stale:
      return "stale";
    case SourceConcern::Noisy:
      return "noisy";
  }
  return "unknown";
}

std::optional<SourceConcern> parse_source_concern(std::string_view name) {
  for (const SourceConcern concern : kSourceConcerns) {
    if (name == to_string(concern)) return concern;
  }
  return std::nullopt;
}

std::string Source::title() const {
  if (!settings.title.empty()) return settings.title;
  if (!state.feed_title.empty()) return state.feed_title;
  std::string_view address = settings.url;
  for (const std::string_view common : {"https://", "http://", "www."}) {
    if (address.starts_with(common)) address.remove_prefix(common.size());
  }
  if (address.ends_with('/')) address.remove_suffix(1);
  return std::string(address);
}

std::string_view to_string(SourceHealth health) {
  switch (health) {
    case SourceHealth::New:
      return "new";
    case SourceHealth::Ok:
      return "ok";
    case SourceHealth::Failing:
      return "failing";
    case SourceHealth::Gone:
      return "gone";
    case SourceHealth::Disabled:
      return "disabled";
  }
  return "unknown";
}

}  // namespace tidings
