// Writes the terms of a segment (terms_format.h), in ascending order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/part_writer.h"
#include "search/postings_writer.h"
#include "search/terms_format.h"

namespace tidings::search {

class TermsWriter {
 public:
  explicit TermsWriter(PartWriter& out) : out_(out) {}

  // `languages` has a bit for each (text/search_keys.h) that a word stands in.
  void add(std::string_view term, const TermPostings& postings, std::uint64_t languages);
  void finish();

 private:
  void add_keys(std::string_view form, std::uint64_t languages);

  PartWriter& out_;
  std::uint32_t terms_ = 0;
  std::uint64_t offset_ = 0;  // of the last term's postings
  std::string last_, entry_;
  std::vector<std::uint32_t> groups_;
  std::vector<KeyEntry> keys_;
};

std::uint32_t key_hash(std::string_view key);

}  // namespace tidings::search
