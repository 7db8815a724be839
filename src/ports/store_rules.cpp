#include "ports/store_rules.h"

#include "core/utf8.h"

namespace tidings {

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

std::optional<EventKind> health_event(const Source& before, const SourceState& after) {
  const auto failing = [](const SourceState& state) { return state.gone || state.problem; };
  const bool was_failing = failing(before.state);
  if (!was_failing && failing(after)) return EventKind::SourceFailed;
  if (was_failing && !failing(after)) return EventKind::SourceRecovered;
  return std::nullopt;
}

}  // namespace tidings
