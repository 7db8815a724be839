#include "analyze/language_model.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "analyze/language_model_bytes.h"
#include "core/check.h"

namespace tidings::analyze {
namespace {

using namespace language_file;

static_assert(std::endian::native == std::endian::little, "models are read in place");

// Eight keys that are compared at once (a vector of GCC's and clang's).
using Keys = std::uint16_t __attribute__((vector_size(16)));

Error corrupt(std::string_view what) {
  return {ErrorKind::Corrupt,
          "the language model " + std::string(what) + "; train it again: script/train language",
          {}};
}

template <class Number>
Number number_at(std::string_view bytes, std::size_t position) {
  Number number;
  std::memcpy(&number, bytes.data() + position, sizeof number);
  return number;
}

}  // namespace

Result<LanguageModel> LanguageModel::open(std::string_view bytes) {
  if (bytes.size() < kLanguagesBegin || !bytes.starts_with(kMagic))
    return corrupt("does not begin as one");
  const auto buckets = number_at<std::uint32_t>(bytes, kMagic.size());
  const auto languages = number_at<std::uint32_t>(bytes, kMagic.size() + 4);
  constexpr std::uint32_t kBucketsMax = 1U
                                        << 22U;  // beyond, keys would leave bits of the feature out
  if (!std::has_single_bit(buckets) || buckets > kBucketsMax || languages > kScripts * kPlacesMax)
    return corrupt("has a head that cannot be");
  if (bytes.size() != buckets_begin(languages) + kBucketBytes * buckets)
    return corrupt("is cut off");

  LanguageModel model;
  for (std::size_t at = 0; at < kLengths; ++at) {
    model.temperatures_[at] = number_at<float>(bytes, 16 + 4 * at);
    model.slopes_[at] = number_at<float>(bytes, 16 + 4 * (kLengths + at));
    if (!std::isfinite(model.temperatures_[at]) || !std::isfinite(model.slopes_[at]))
      return corrupt("has a temperature or slope that is no number");
  }
  for (std::size_t at = 0; at < languages; ++at) {
    const std::string_view entry =
        bytes.substr(kLanguagesBegin + kLanguageBytes * at, kLanguageBytes);
    const auto script = static_cast<std::size_t>(static_cast<unsigned char>(entry[kCodeBytes + 1]));
    const auto place = static_cast<std::size_t>(static_cast<unsigned char>(entry[kCodeBytes + 2]));
    if (script >= kScripts || place != model.languages_[script].size() || place >= kPlacesMax)
      return corrupt("has languages out of order");
    model.priors_[script][place] = std::int32_t{number_at<std::int8_t>(
        entry, kCodeBytes)};  // NOLINT(bugprone-signed-char-misuse): a number
    model.languages_[script].push_back(entry.substr(0, std::min(kCodeBytes, entry.find('\0'))));
  }
  model.buckets_ = bytes.substr(buckets_begin(languages));
  model.bucket_mask_ = buckets - 1;
  for (std::size_t at = 0; at < buckets; ++at) {
    if (static_cast<unsigned char>(model.buckets_[kBucketBytes * at + kBucketBytes - 1]) >
        kBucketSlots)
      return corrupt("has a bucket that overflows");
  }
  return model;
}

const LanguageModel& LanguageModel::shipped() {
  static const LanguageModel model = [] {
    Result<LanguageModel> opened = open(models::language_bin());
    CHECK(opened);
    return *std::move(opened);
  }();
  return model;
}

void LanguageModel::add(std::uint32_t feature, LanguageScores& scores) const {
  constexpr std::size_t kLanes = 8;
  constexpr std::size_t kVectors = 3;
  constexpr Keys kPlaceBits = Keys{} + static_cast<std::uint16_t>(kPlacesMax - 1);
  // Of each vector its own bit; what lies behind the last key has none.
  constexpr std::array<Keys, kVectors> kBits = {
      Keys{1, 1, 1, 1, 1, 1, 1, 1}, Keys{2, 2, 2, 2, 2, 2, 2, 2}, Keys{4, 4, 4, 4, 4, 0, 0, 0}};
  static_assert(kBucketSlots == 2 * kLanes + 5);
  const char* bucket = buckets_.data() + kBucketBytes * (feature & bucket_mask_);
  const Keys wanted = Keys{} + static_cast<std::uint16_t>(key_of(feature, 0));
  Keys same{};
  for (std::size_t vector = 0; vector < kVectors; ++vector) {
    const auto keys = number_at<Keys>({bucket, kBucketBytes}, sizeof(Keys) * vector);
    same |= ((keys & ~kPlaceBits) == wanted) & kBits[vector];
  }
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &same, sizeof same);
  for (std::size_t half = 0; half < halves.size(); ++half) {
    for (std::uint64_t flags = halves[half]; flags != 0; flags &= flags - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(flags));
      const std::size_t slot = kLanes * (bit % 16) + 4 * half + bit / 16;
      std::uint16_t key;
      std::memcpy(&key, bucket + sizeof key * slot, sizeof key);
      scores[key % kPlacesMax] += static_cast<signed char>(bucket[2 * kBucketSlots + slot]);
    }
  }
}

}  // namespace tidings::analyze
