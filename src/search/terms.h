// Finds terms in a segment (terms_format.h). Bytes that nobody wrote so give wrong terms, never a
// read outside of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/terms_format.h"

namespace tidings::search {

struct TermRecord {
  std::uint32_t documents = 0;
  std::uint64_t offset = 0;     // of its postings
  std::uint64_t languages = 0;  // of a word: a bit for each that it stands in
};

// Borrows the bytes. Safe to use from many threads.
class Terms {
 public:
  Terms() = default;
  explicit Terms(std::string_view part);

  std::uint32_t size() const { return end_.terms; }
  std::optional<TermRecord> find(std::string_view term) const;
  // Words that have a key with this hash.
  void find_key(std::uint32_t hash, std::vector<std::uint32_t>& terms) const;

  // One term after the other.
  class Walk {
   public:
    bool is_at_end() const { return number_ >= terms_->size(); }
    const std::string& term() const { return term_; }
    const TermRecord& record() const { return record_; }
    std::uint32_t number() const { return number_; }
    void next();

   private:
    friend class Terms;
    Walk(const Terms& terms, std::uint32_t group);
    void read_group(std::uint32_t group);
    void read_term();

    const Terms* terms_;
    std::uint32_t number_ = 0;
    const char* at_ = nullptr;
    std::string term_;
    TermRecord record_;
  };
  Walk walk() const { return {*this, 0}; }
  Walk walk_from(std::string_view term) const;  // the first that is not before it
  std::optional<Walk> at(std::uint32_t number) const;

 private:
  std::uint32_t groups() const { return (end_.terms + kGroupTerms - 1) / kGroupTerms; }
  const char* group(std::uint32_t number) const;
  const char* groups_end() const { return part_.data() + end_.keys_begin; }
  std::string_view first_term(std::uint32_t group) const;
  KeyEntry key(std::uint32_t number) const;

  std::string_view part_;
  TermsEnd end_;
};

}  // namespace tidings::search
