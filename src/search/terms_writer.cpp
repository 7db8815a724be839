#include "search/terms_writer.h"

#include <algorithm>
#include <bit>

#include "core/hash.h"
#include "text/search_keys.h"

namespace tidings::search {

std::uint32_t key_hash(std::string_view key) {
  return static_cast<std::uint32_t>(hash64(key));
}

void TermsWriter::add(std::string_view term, const TermPostings& postings,
                      std::uint64_t languages) {
  entry_.clear();
  std::size_t shared = 0;
  if (terms_ % kGroupTerms == 0) {
    groups_.push_back(static_cast<std::uint32_t>(out_.size()));
    add_varint(postings.offset, entry_);
    offset_ = postings.offset;
  } else {
    const auto [here, there] = std::ranges::mismatch(term, last_);
    shared = static_cast<std::size_t>(here - term.begin());
  }
  add_varint(shared, entry_);
  add_varint(term.size() - shared, entry_);
  entry_.append(term.substr(shared));
  add_varint(postings.documents, entry_);
  add_varint(postings.offset - offset_, entry_);
  if (term.front() == kWordKind) {
    add_varint(languages, entry_);
    add_keys(term.substr(1), languages);
  }
  out_.append(entry_);
  offset_ = postings.offset;
  last_.assign(term);
  ++terms_;
}

void TermsWriter::add_keys(std::string_view form, std::uint64_t languages) {
  const std::size_t first = keys_.size();
  for (; languages != 0; languages &= languages - 1) {
    const auto language = static_cast<text::SearchLanguage>(std::countr_zero(languages));
    for (const std::string& key : text::keys_in_text(form, language)) {
      const KeyEntry entry{.hash = key_hash(key), .term = terms_};
      const auto is_same = [&](const KeyEntry& one) { return one.hash == entry.hash; };
      if (std::none_of(keys_.begin() + static_cast<std::ptrdiff_t>(first), keys_.end(), is_same))
        keys_.push_back(entry);
    }
  }
}

void TermsWriter::finish() {
  TermsEnd end{.terms = terms_, .keys = static_cast<std::uint32_t>(keys_.size())};
  out_.align();
  end.keys_begin = out_.size();
  std::ranges::sort(keys_, [](const KeyEntry& a, const KeyEntry& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.term < b.term;
  });
  out_.append({reinterpret_cast<const char*>(keys_.data()), keys_.size() * sizeof(KeyEntry)});
  end.groups_begin = out_.size();
  out_.append(
      {reinterpret_cast<const char*>(groups_.data()), groups_.size() * sizeof(std::uint32_t)});
  out_.append_number(end);
}

}  // namespace tidings::search
