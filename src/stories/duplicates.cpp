#include "stories/duplicates.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace tidings::stories {
namespace {

constexpr std::size_t kPosted = 24;        // hashes that an article is found by
constexpr std::size_t kChainMax = 64;      // postings of a hash that are looked at
constexpr std::size_t kCandidatesMax = 8;  // compared, those with most hashes in common
constexpr std::uint32_t kCommonMin = 2;    // hashes that a candidate has in common

// What is a copy. Reports of one event that were written apart share less than a tenth of their
// runs of words; a copy with every tenth word changed and a third cut still shares a third.
constexpr double kResemblanceMin = 0.3;
constexpr double kContainmentMin = 0.7;  // of the shorter one, where it is not much shorter
constexpr double kShorterMin = 0.25;     // than the longer one
constexpr double kSure = 0.7;            // whatever the numbers
constexpr std::uint32_t kNumbersMin = 3;
constexpr double kNumbersShared = 0.34;
constexpr std::uint32_t kShinglesMin = 8 - kShingleWords + 1;  // for anything but the same words
constexpr std::uint32_t kShinglesLeast = 4 - kShingleWords + 1;

// Reports from one template, of quarterly figures or the weather, share most words, but no numbers.
bool has_other_numbers(const Sketch& first, const Sketch& second, const Overlap& shared) {
  return std::min(first.numbers.all, second.numbers.all) >= kNumbersMin &&
         shared.containment() < kNumbersShared;
}

bool is_copy(const Sketch& first, const Sketch& second, const SketchOverlap& shared) {
  const auto [less, more] = std::minmax(first.runs.all, second.runs.all);
  const Overlap& runs = shared.runs;
  if (less < kShinglesLeast) return false;
  if (less < kShinglesMin) return runs.only_first + runs.only_second == 0;
  if (runs.resemblance() >= kSure) return true;
  if (has_other_numbers(first, second, shared.numbers)) return false;
  return runs.resemblance() >= kResemblanceMin ||
         (runs.containment() >= kContainmentMin && less >= kShorterMin * more);
}

std::span<const std::uint32_t> posted(const Sketch& sketch) {
  return sketch.runs.values().first(std::min<std::size_t>(sketch.runs.count, kPosted));
}

// The smallest hashes of a long text lie close together: spread over all numbers, each on another.
std::uint32_t mixed(std::uint32_t hash) {
  return hash * 0x9E3779B1U;
}

std::uint8_t tag_of(std::uint32_t mixed) {
  return static_cast<std::uint8_t>(mixed);
}

// A ring grows as a vector does, but not past its end.
template <class Item>
void put(std::vector<Item>& ring, std::size_t at, std::size_t most, Item item) {
  if (at < ring.size()) {
    ring[at] = std::move(item);
    return;
  }
  if (ring.size() == ring.capacity())
    ring.reserve(std::min(most, std::max<std::size_t>(2 * ring.size(), 64)));
  ring.push_back(std::move(item));
}

}  // namespace

DuplicateIndex::DuplicateIndex(const DuplicateLimits& limits)
    : capacity_(static_cast<std::uint32_t>(
          std::clamp<std::size_t>(limits.articles_max, 1, std::size_t{1} << 24))),
      postings_max_(capacity_ * std::uint32_t{kPosted}),
      age_max_(limits.age_max),
      heads_(std::bit_floor(std::size_t{postings_max_})) {}

std::optional<CopyOf> DuplicateIndex::add(std::int64_t key, Time published, const Sketch& sketch) {
  const std::optional<Match> match = best_match(sketch, published);
  const std::int64_t root = match ? known(match->article).root : key;
  remember(root, published, sketch);
  if (!match) return std::nullopt;
  return CopyOf{.original = root, .similarity = match->resemblance};
}

// The number of the article that has the place in the ring now.
std::uint64_t DuplicateIndex::article_at(std::uint32_t place) const {
  const std::uint64_t newest = next_ - 1;
  return newest - (newest % capacity_ + capacity_ - place) % capacity_;
}

std::uint32_t& DuplicateIndex::head(std::uint32_t mixed) {
  return heads_[static_cast<std::size_t>(std::uint64_t{mixed} * heads_.size() >> 32)];
}

// The candidates with most hashes in common, most first, the earliest first among equals.
void DuplicateIndex::find_candidates(const Sketch& sketch) {
  found_.clear();
  for (const std::uint32_t hash : posted(sketch)) collect(hash);
  std::sort(found_.begin(), found_.end());
  candidates_.clear();
  for (std::size_t begin = 0, end = 0; begin < found_.size(); begin = end) {
    while (end < found_.size() && found_[end] == found_[begin]) ++end;
    const auto common = static_cast<std::uint32_t>(end - begin);
    if (common >= std::min(kCommonMin, sketch.runs.count))
      candidates_.push_back({.article = found_[begin], .common = common});
  }
  const auto most = std::min(candidates_.size(), kCandidatesMax);
  std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(most),
                    candidates_.end(), [](const Candidate& a, const Candidate& b) {
                      return a.common != b.common ? a.common > b.common : a.article < b.article;
                    });
  candidates_.resize(most);
}

void DuplicateIndex::collect(std::uint32_t hash) {
  const std::uint32_t wanted = mixed(hash);
  std::uint32_t number = head(wanted);
  for (std::size_t step = 0; step < kChainMax && is_held(number); ++step) {
    const Posting& posting = postings_[(number - 1) % postings_max_];
    const bool is_replaced = number - 1 < known_[posting.place].first_posting;
    if (posting.tag == tag_of(wanted) && !is_replaced) found_.push_back(article_at(posting.place));
    number = posting.before;
  }
}

bool DuplicateIndex::is_held(std::uint32_t number) const {
  return number > 0 && std::uint64_t{number} + postings_max_ > next_posting_;
}

std::optional<DuplicateIndex::Match> DuplicateIndex::best_match(const Sketch& sketch,
                                                                Time published) {
  find_candidates(sketch);
  std::optional<Match> best;
  for (const Candidate& candidate : candidates_) {
    const Known& other = known(candidate.article);
    if (std::chrono::abs(published - other.published) > age_max_) continue;
    const Sketch other_sketch = unpack(other.sketch).value();  // packed here
    const SketchOverlap shared = overlap(other_sketch, sketch);
    if (!is_copy(other_sketch, sketch, shared)) continue;
    const double resemblance = shared.runs.resemblance();
    if (!best || resemblance > best->resemblance) best = Match{candidate.article, resemblance};
  }
  return best;
}

void DuplicateIndex::remember(std::int64_t root, Time published, const Sketch& sketch) {
  if (next_posting_ > std::numeric_limits<std::uint32_t>::max() - kPosted) forget();
  put(known_, next_ % capacity_, capacity_,
      Known{.root = root,
            .published = published,
            .sketch = pack(sketch),
            .first_posting = next_posting_});
  for (const std::uint32_t hash : posted(sketch)) post(hash);
  ++next_;
}

void DuplicateIndex::post(std::uint32_t hash) {
  const std::uint32_t spread = mixed(hash);
  std::uint32_t& newest = head(spread);
  put(postings_, next_posting_ % postings_max_, postings_max_,
      Posting{.place = static_cast<std::uint32_t>(next_ % capacity_),
              .tag = tag_of(spread),
              .before = newest});
  newest = ++next_posting_;
}

// Numbers have run out: after some hundred million articles.
void DuplicateIndex::forget() {
  known_.clear();
  postings_.clear();
  std::fill(heads_.begin(), heads_.end(), 0);
  next_ = next_posting_ = 0;
}

}  // namespace tidings::stories
