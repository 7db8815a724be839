// Whatever the text, mentions lie in it, in order and apart, and saliences are shares of a whole.
#include <cstdint>
#include <string_view>

#include "analyze/entities.h"
#include "core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t newline = text.find('\n');
  const auto title_end =
      static_cast<std::uint32_t>(newline == std::string_view::npos ? 0 : newline);
  const analyze::Document document{
      .segments = text::segment(text, "en", title_end), .title_end = title_end, .language = "en"};
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
