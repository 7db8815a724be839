// Whatever an article says, in whatever bytes, under whatever tags, and whatever table was learned:
// scores within bounds, best first, or an error.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/topics.h"
#include "core/check.h"
#include "core/utf8.h"

namespace {

using namespace tidings;

constexpr std::array<std::string_view, 5> kLanguages = {"en", "it", "fi", "und", ""};

void check_topics(const analyze::Document& document, const std::vector<std::string>& tags,
                  const analyze::TopicTable* learned) {
  for (const TopicScore& topic : analyze::topics(document, tags, learned)) {
    CHECK(topic.score > 0 && topic.score <= 1);
    CHECK(topic.code.starts_with("medtop:"));
    CHECK(!topic.evidence.empty());
    for (const Evidence& one : topic.evidence) CHECK(std::isfinite(one.weight));
  }
}

}  // namespace

// The first bytes choose the language, the end of the title and how many bytes are a tag; the text
// is taken for a table, too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 3, size - 3);
  const std::string text = repaired_utf8(bytes);
  const std::vector<std::string> tags = {text.substr(0, data[2]), "Sport", std::string(bytes)};
  const auto title_end = static_cast<std::uint32_t>(
      utf8_prefix(text, std::min<std::size_t>(data[1], text.size())).size());
  const std::string language(kLanguages[data[0] % kLanguages.size()]);
  const analyze::Document document{.segments = text::segment(text, language, title_end),
                                   .title_end = title_end,
                                   .language = language};
  check_topics(document, tags, nullptr);
  const Result<analyze::TopicTable> table = analyze::TopicTable::open(bytes);
  if (table && table->has_topics_of(analyze::TopicTable::shipped()))
    check_topics(document, tags, &*table);
  return 0;
}
