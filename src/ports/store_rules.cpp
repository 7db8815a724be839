#include "ports/store_rules.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/page_address.h"
#include "core/strings.h"
#include "core/utf8.h"

namespace tidings {
namespace {

// The pieces of three bytes of a text, each once: alike in every script, with words or without.
std::vector<std::string> pieces_of(std::string_view text) {
  constexpr std::size_t kPieceBytes = 3;
  const std::string lower = to_lower(text);
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at + kPieceBytes <= lower.size(); ++at) {
    pieces.push_back(lower.substr(at, kPieceBytes));
  }
  std::sort(pieces.begin(), pieces.end());
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  return pieces;
}

// Whether one title may be the other, edited: a good part of the shorter one is in both. One that
// is too short to say shows no difference.
bool titles_resemble(std::string_view a, std::string_view b) {
  constexpr std::size_t kShareOfShorter = 3;  // a third
  const std::vector<std::string> of_a = pieces_of(a), of_b = pieces_of(b);
  std::vector<std::string> both;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                        std::back_inserter(both));
  const std::size_t shorter = std::min(of_a.size(), of_b.size());
  return both.size() * kShareOfShorter >= shorter;
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
  const bool has_url = is_same_page(stored.url, given.url);
  const bool has_title = stored.title == given.title;
  const bool has_time = stored.published == given.published;
  if (!by_identity) return has_url && (has_title || has_time);
  return has_url || has_title ||
         ((has_time || !has_aliases) && titles_resemble(stored.title, given.title));
}

bool is_superseded(const IngestBatch& batch, const SourceSettings& settings) {
  if (batch.source_url.empty()) return false;
  return batch.source_url != settings.url || batch.source_access != settings.access;
}

std::optional<EventKind> health_event(const Source& before, const SourceState& after) {
  const auto failing = [](const SourceState& state) { return state.gone || state.problem; };
  const bool was_failing = failing(before.state);
  if (!was_failing && failing(after)) return EventKind::SourceFailed;
  if (was_failing && !failing(after)) return EventKind::SourceRecovered;
  return std::nullopt;
}

}  // namespace tidings
