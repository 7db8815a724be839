// Whatever the text, in each language that has names, mentions lie in it, in order and apart, and
// saliences are shares of a whole.
#include <cstdint>
#include <string>
#include <string_view>

#include "analyze/entities.h"
#include "analyze/entity_language.h"
#include "core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  if (size == 0) return 0;
  const std::string language(analyze::code_of(
      static_cast<analyze::EntityLanguage>(data[0] % analyze::kEntityLanguageCount)));
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t newline = text.find('\n');
  const auto title_end =
      static_cast<std::uint32_t>(newline == std::string_view::npos ? 0 : newline);
  const analyze::Document document{.segments = text::segment(text, language, title_end),
                                   .title_end = title_end,
                                   .language = language};
  const std::vector<analyze::Mention> mentions = analyze::entity_mentions(document);
  std::uint32_t before = 0;
  for (const analyze::Mention& mention : mentions) {
    CHECK(before <= mention.span.begin && mention.span.begin < mention.span.end);
    CHECK(mention.span.end <= text.size());
    before = mention.span.end;
  }
  double salience = 0;
  for (const Entity& entity : analyze::entities(document, mentions)) {
    CHECK(entity.count == static_cast<std::int32_t>(entity.offsets.size()) && entity.count > 0);
    salience += entity.salience;
  }
  CHECK(salience <= 1);
  return 0;
}
