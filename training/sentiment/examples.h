// What the layers of sentiment are trained and measured with: texts and targets that people rated.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/sentiment_features.h"
#include "analyze/sentiment_model.h"
#include "core/result.h"

namespace tidings::training {

struct ToneExample {
  std::string text;
  analyze::ToneFeatures features;
  float rating = 0;  // [-1, 1]
  float weight = 1;
  std::uint32_t set = 0;    // which of kRatedSets, or kNewsSet
  std::uint32_t group = 0;  // examples of one group stay in one fold
};

struct TargetExample {
  analyze::TargetFeatures features;
  std::size_t polarity = 1;  // 0 negative, 1 neutral, 2 positive
  std::uint32_t group = 0;   // the article
};

constexpr std::array<std::string_view, 3> kRatedSets = {"tweets", "amazonReviewSnippets",
                                                        "movieReviewSnippets"};
constexpr std::uint32_t kNewsSet = 3;

analyze::ToneFeatures tone_features_of(std::string_view text, bool with_hashed);

// Lines of number, mean rating in [-4, 4], text, by tabs, as the project VADER publishes them.
Result<std::vector<ToneExample>> read_rated(const std::filesystem::path& folder, std::uint32_t set);

// NewsMTSC: its targets, and its sentences with the mean of their targets as a rating.
struct NewsExamples {
  std::vector<TargetExample> targets;
  std::vector<ToneExample> sentences;
};
Result<NewsExamples> read_news(const std::filesystem::path& folder);

}  // namespace tidings::training
