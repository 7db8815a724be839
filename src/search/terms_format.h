// How the terms of a segment are kept: sorted, in groups whose first term is whole, and the others
// without what they share with the one before.
//
//   [groups] [key entries, sorted by hash] [where the groups begin, u32 each] [TermsEnd]
//
// A group: the offset of its first term's postings, then of each term: the bytes it shares with the
// one before, its other bytes after their number, its documents, how much further its postings
// begin than the last term's (0 for the first), and of a word the languages that it stands in. All
// varints. A term is its kind and its text: "w" and a word's form, "v" and a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tidings::search {

inline constexpr char kWordKind = 'w', kValueKind = 'v', kFoldedKind = 'f', kFoldedEnd = '\x1F';
inline std::string term_of(char kind, std::string_view text) {
  std::string term(1, kind);
  return term.append(text);
}

inline constexpr std::uint32_t kGroupTerms = 16;

// A word's key (text/search_keys.h) in one of the languages it stands in, and the word. Keys whose
// hash is the same are told apart by making them again.
struct KeyEntry {
  std::uint32_t hash = 0;
  std::uint32_t term = 0;
};

struct TermsEnd {
  std::uint64_t keys_begin = 0;
  std::uint64_t groups_begin = 0;  // of their offsets
  std::uint32_t terms = 0;
  std::uint32_t keys = 0;
};

}  // namespace tidings::search
