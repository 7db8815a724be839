// What tests of the analysis start from: documents, and the files of cases in tests/analysis.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyze/document.h"
#include "core/strings.h"

namespace tidings::analyze {

inline Document document_of(std::string_view text, std::string_view language = "en",
                            std::uint32_t title_end = 0) {
  return {.segments = text::segment(text, language, title_end),
          .title_end = title_end,
          .language = std::string(language)};
}

// The lines of such a file ("topics/en.tsv"), each cut at its tabs; those that begin with "#" are
// remarks.
inline std::vector<std::vector<std::string>> case_lines(const std::string& name) {
  std::ifstream file(std::string(TIDINGS_TREE) + "/tests/analysis/" + name);
  EXPECT_TRUE(file) << "tests/analysis/" << name << " is missing";
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string>& fields = lines.emplace_back();
    for (const std::string_view field : split(line, '\t')) fields.emplace_back(field);
  }
  return lines;
}

}  // namespace tidings::analyze
