// What time it is in a stream of articles, by their own dates.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"

namespace tidings::stories {

// A date that jumps ahead, or back, is believed when most of the last five agree. For one thread.
class StreamClock {
 public:
  void move(Time published) {
    if (recent_.size() == kArticles) recent_.erase(recent_.begin());
    recent_.push_back(published);
    std::vector<Time> sorted = recent_;
    std::sort(sorted.begin(), sorted.end());
    now_ = sorted[(sorted.size() - 1) / 2];
  }
  Time now() const { return now_; }

  void save(ByteWriter& out) const {
    out.add(now_.time_since_epoch().count());
    out.add(static_cast<std::uint32_t>(recent_.size()));
    for (const Time time : recent_) out.add(time.time_since_epoch().count());
  }
  Result<void> restore(ByteReader& in) {
    now_ = Time(Duration(TRY(in.number<std::int64_t>())));
    const auto count = TRY(in.number<std::uint32_t>());
    if (count > kArticles) return corrupt("a clock that cannot be was kept");
    for (std::uint32_t i = 0; i < count; ++i)
      recent_.push_back(Time(Duration(TRY(in.number<std::int64_t>()))));
    return {};
  }

 private:
  static constexpr std::size_t kArticles = 5;

  std::vector<Time> recent_;  // of the last articles
  Time now_{};
};

}  // namespace tidings::stories
