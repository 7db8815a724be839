// What is known of copies, for the next run.
#include "core/byte_stream.h"
#include "stories/duplicates.h"

namespace tidings::stories {
namespace {

constexpr std::string_view kMagic = "TIDDUP02";

}  // namespace

void DuplicateIndex::save(ByteWriter& out) const {
  out.add(kMagic);
  out.add(static_cast<std::uint32_t>(size()));
  for (std::uint64_t article = oldest(); article < next_; ++article) {
    const Known& one = known(article);
    out.add(one.root);
    out.add(std::int64_t{one.published.time_since_epoch().count()});
    out.add(std::string_view(one.sketch));
  }
}

Result<DuplicateIndex> DuplicateIndex::restore(ByteReader& in, const DuplicateLimits& limits) {
  if (TRY(in.text()) != kMagic) return corrupt("this is nothing that was kept of copies");
  DuplicateIndex index(limits);
  const auto count = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto root = TRY(in.number<std::int64_t>());
    const Time published{Duration(TRY(in.number<std::int64_t>()))};
    index.remember(root, published, TRY(unpack(TRY(in.text()))));
  }
  return index;
}

}  // namespace tidings::stories
