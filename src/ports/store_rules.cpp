#include "ports/store_rules.h"

#include "core/utf8.h"

namespace tidings {
namespace {

std::string_view without_scheme(std::string_view url) {
  const std::size_t end = url.find("://");
  return end == std::string_view::npos ? url : url.substr(end);
}

}  // namespace

std::string_view storable_text(std::string_view text, std::string& buffer) {
  const bool has_nul = text.find('\0') != std::string_view::npos;
  if (!has_nul && is_valid_utf8(text)) return text;
  const std::string repaired = repaired_utf8(text);
  buffer.clear();
  for (const char c : repaired) {
    if (c == '\0') {
      append_utf8(buffer, U'\uFFFD');
    } else {
      buffer.push_back(c);
    }
  }
  return buffer;
}

std::string_view storable_tag(std::string_view tag, std::string& buffer) {
  constexpr std::size_t kBytesMax = 64;
  const std::string_view text = storable_text(tag, buffer);
  return text.size() <= kBytesMax ? text : std::string_view();
}

bool language_matches(std::string_view wanted, std::string_view language) {
  if (wanted.find('-') != std::string_view::npos) return wanted == language;
  return wanted == primary_language(language);
}

std::string_view primary_language(std::string_view language) {
  return language.substr(0, language.find('-'));
}

bool is_same_article(const ArticleTraits& stored, const ArticleTraits& given, bool by_identity,
                     bool has_aliases) {
  if (by_identity && !has_aliases) return true;
  const bool has_url = without_scheme(stored.url) == without_scheme(given.url);
  const bool has_title_or_time = stored.title == given.title || stored.published == given.published;
  return by_identity ? (has_url && !given.url.empty()) || has_title_or_time
                     : has_url && has_title_or_time;
}

std::optional<EventKind> health_event(const Source& before, const SourceState& after) {
  const auto failing = [](const SourceState& state) { return state.gone || state.problem; };
  const bool was_failing = failing(before.state);
  if (!was_failing && failing(after)) return EventKind::SourceFailed;
  if (was_failing && !failing(after)) return EventKind::SourceRecovered;
  return std::nullopt;
}

}  // namespace tidings
