// How common each term is: in how many of the articles so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"
#include "stories/term_table.h"

namespace tidings::stories {

// Document frequencies, growing as articles come. Bounded: once kTermsMax terms are known, all
// counts are halved and terms of a single article forgotten, so that old news fades. For one
// thread.
class TermCounts {
 public:
  static constexpr std::size_t kTermsMax = 600'000;  // 8 bytes each, and a quarter free

  // What was counted in other texts before the first article comes: the program's own.
  static TermCounts shipped();

  // Of terms that at least `count_min` articles have. Equal counts give equal bytes.
  void save(ByteWriter& out, std::uint32_t count_min = 1) const;
  // Corrupt when it was not saved so.
  static Result<TermCounts> restore(ByteReader& in);

  // One more article of the language (primary tag) has these terms.
  void add_article(std::string_view language) { articles(language) += 1; }
  void add(std::uint32_t term, std::uint32_t count = 1);

  std::uint32_t count(std::uint32_t term) const { return counts_.value(term); }
  // Of the language, as far as they are not forgotten; one at least.
  double articles(std::string_view language) const;

 private:
  double& articles(std::string_view language);
  void fade();

  TermTable counts_;
  std::map<std::string, double, std::less<>> articles_;
};

}  // namespace tidings::stories
