// What words meant when a segment was asked before: they mean the same again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/mutex.h"
#include "search/postings.h"

namespace tidings::search {

// A form of the word in a segment.
struct FormPlace {
  PostingsPlace place;
  // It counts in documents of these languages alone (a bit each); all bits: in any.
  std::uint64_t languages = ~std::uint64_t{0};
};

// Of one segment, by the word as it was written. Safe to use from many threads.
class KnownForms {
 public:
  std::optional<std::vector<FormPlace>> find(const std::string& word) const EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    const auto known = forms_.find(word);
    if (known == forms_.end()) return std::nullopt;
    return known->second;
  }
  // Where there are too many, all are forgotten: a search asks for its words a few times at once.
  void keep(const std::string& word, const std::vector<FormPlace>& forms) EXCLUDES(mutex_) {
    if (word.size() > kWordBytesMax || forms.size() > kFormsMax) return;
    const MutexLock lock(mutex_);
    if (forms_.size() >= kWordsMax) forms_.clear();
    forms_[word] = forms;
  }

 private:
  static constexpr std::size_t kWordsMax = 500, kWordBytesMax = 100, kFormsMax = 50;

  mutable Mutex mutex_;
  std::unordered_map<std::string, std::vector<FormPlace>> forms_ GUARDED_BY(mutex_);
};

}  // namespace tidings::search
