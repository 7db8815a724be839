// What is known of copies, for the next run.
#include <algorithm>

#include "stories/byte_stream.h"
#include "stories/duplicates.h"

namespace tidings::stories {
namespace {

constexpr std::string_view kMagic = "TIDDUP01";

template <class Kept>
void save_sample(const Kept& sample, ByteWriter& out) {
  out.add(sample.all);
  for (const std::uint32_t hash : sample.values()) out.add(hash);
}

template <class Kept>
Result<Kept> restore_sample(ByteReader& in) {
  Kept sample;
  sample.all = TRY(in.number<std::uint32_t>());
  sample.count = std::min<std::uint32_t>(sample.all, Kept::kHashesMax);
  for (std::uint32_t i = 0; i < sample.count; ++i) {
    sample.hashes[i] = TRY(in.number<std::uint32_t>());
    if (i > 0 && sample.hashes[i - 1] >= sample.hashes[i])
      return corrupt("the hashes of an article are not in order");
  }
  return sample;
}

}  // namespace

std::string DuplicateIndex::save() const {
  ByteWriter out;
  out.add(kMagic);
  out.add(static_cast<std::uint32_t>(size()));
  for (std::uint32_t article = oldest(); article < next_; ++article) {
    const Known& one = known(article);
    out.add(one.root);
    out.add(std::int64_t{one.published.time_since_epoch().count()});
    save_sample(one.sketch.runs, out);
    save_sample(one.sketch.numbers, out);
  }
  return out.take();
}

Result<DuplicateIndex> DuplicateIndex::restore(std::string_view bytes,
                                               const DuplicateLimits& limits) {
  ByteReader in(bytes);
  if (TRY(in.text()) != kMagic) return corrupt("this is nothing that was kept of copies");
  DuplicateIndex index(limits);
  const auto count = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto root = TRY(in.number<std::int64_t>());
    const Time published{Duration(TRY(in.number<std::int64_t>()))};
    Sketch sketch;
    sketch.runs = TRY(restore_sample<decltype(sketch.runs)>(in));
    sketch.numbers = TRY(restore_sample<decltype(sketch.numbers)>(in));
    index.remember(root, published, sketch);
  }
  if (!in.is_at_end()) return corrupt("more than copies was kept");
  return index;
}

}  // namespace tidings::stories
