// What was wrong with a document that was read all the same, as plain sentences.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tidings::parse {

constexpr std::size_t kProblemsMax = 20;

// Each sentence once, up to kProblemsMax of them.
inline void add_problem(std::vector<std::string>& problems, std::string sentence) {
  if (problems.size() >= kProblemsMax) return;
  if (std::find(problems.begin(), problems.end(), sentence) != problems.end()) return;
  problems.push_back(std::move(sentence));
}

}  // namespace tidings::parse
