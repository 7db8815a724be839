// What the trainer learned about languages, read in place: which n-gram speaks how loudly for which
// language.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analyze/language_letters.h"
#include "core/result.h"

namespace tidings::analyze {

// The file, little-endian: "TDLANG03", the number of buckets (a power of two) and of languages as
// 32 bits each, kLengths temperatures and as many slopes as 32-bit floats, 8 bytes a language (its
// code, zero-padded to 5; its prior, signed; its script; its place in the script), zeros to a
// multiple of 64, then the buckets. A bucket is a line of the processor's cache: kBucketSlots keys
// of 16 bits (10 bits of the feature, 6 of the place in the script), as many weights of 8 bits, and
// how many of them are in use.
namespace language_file {
inline constexpr std::string_view kMagic = "TDLANG03";
inline constexpr std::size_t kLengths = 6;
inline constexpr std::size_t kCodeBytes = 5;
inline constexpr std::size_t kLanguageBytes = 8;
inline constexpr std::size_t kBucketBytes = 64;
inline constexpr std::size_t kBucketSlots = 21;
inline constexpr std::size_t kLanguagesBegin = 16 + 2 * 4 * kLengths;
inline constexpr std::size_t kPlacesMax = 64;  // languages of one script
constexpr std::size_t buckets_begin(std::size_t languages) {
  const std::size_t end = kLanguagesBegin + kLanguageBytes * languages;
  return (end + kBucketBytes - 1) / kBucketBytes * kBucketBytes;
}
constexpr std::uint32_t key_of(std::uint32_t feature, std::uint32_t place) {
  return (feature >> 22U << 6U) | place;
}
// Of texts with that many letters.
constexpr std::size_t length_class(std::size_t letters) {
  constexpr std::array<std::size_t, kLengths - 1> kLettersMax = {6, 12, 24, 48, 96};
  std::size_t found = 0;
  while (found < kLettersMax.size() && letters > kLettersMax[found]) ++found;
  return found;
}
}  // namespace language_file

using LanguageScores = std::array<std::int32_t, language_file::kPlacesMax>;

// The bytes are borrowed. Safe to use from many threads.
class LanguageModel {
 public:
  // Corrupt where the bytes are not a whole model of this version.
  static Result<LanguageModel> open(std::string_view bytes);
  static const LanguageModel& shipped();

  // The languages written in a script, by their places in the scores.
  std::span<const std::string_view> languages(Script script) const {
    return languages_[static_cast<std::size_t>(script)];
  }

  // What the scores of a script begin with: how much more likely a language is before a word is
  // read.
  const LanguageScores& priors(Script script) const {
    return priors_[static_cast<std::size_t>(script)];
  }

  // Adds what a feature says about the languages of its script.
  void add(std::uint32_t feature, LanguageScores& scores) const;

  // What scores of a text of so many letters are multiplied with before they are exponents of
  // probabilities.
  float temperature(std::size_t letters) const {
    return temperatures_[language_file::length_class(letters)];
  }

  // What the log-odds of the likeliest language are multiplied with, so that of the texts with a
  // confidence of 0.9 nine in ten are right (Platt 1999).
  float slope(std::size_t letters) const { return slopes_[language_file::length_class(letters)]; }

 private:
  std::string_view buckets_;
  std::uint32_t bucket_mask_ = 0;
  std::array<float, language_file::kLengths> temperatures_{};
  std::array<float, language_file::kLengths> slopes_{};
  std::array<std::vector<std::string_view>, kScripts> languages_;
  std::array<LanguageScores, kScripts> priors_{};
};

}  // namespace tidings::analyze
