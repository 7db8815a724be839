// How what an article has, beside its words, is kept: one array a column, in the order of
// documents.
//
//   [arrays, each at a multiple of eight] [ColumnPlace, one a column] [ColumnsEnd]
//
// A named column has a dictionary of its texts, sorted, and numbers into it: one a document, or as
// many as it has after a table of where each document's begin.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tidings::search {

enum class NamedColumn : std::uint8_t {
  // One each.
  Language,   // BCP 47
  Country,    // of the source
  Source,     // number
  Publisher,  // family
  // Lists.
  Topics,    // codes
  About,     // countries
  Entities,  // id, 0x1F, text
  Places,
  Keyphrases,
  Authors,
};
inline constexpr std::size_t kNamedColumns = 10, kSingleColumns = 4;
// Of one document in one list: as many as analyses give, so that counts by name are whole (an
// entity has a fiftieth of its article's salience at least). Files are read no further.
inline constexpr std::size_t kListedMax = 50;

constexpr bool is_list(NamedColumn column) {
  return static_cast<std::size_t>(column) >= kSingleColumns;
}

struct NamedPlace {
  std::uint64_t texts = 0;       // where they begin, u32 each and one more; then the texts
  std::uint64_t text_bytes = 0;  // of the texts
  std::uint64_t starts = 0;      // of lists: u32 each and one more; 0 where all are empty
  std::uint64_t numbers = 0;
  std::uint32_t names = 0;
  std::uint32_t width = 0;  // bytes of a number: 0 (there is one name or none), 1, 2, 4
  std::uint64_t number_count = 0;
};

struct ColumnsEnd {
  std::uint64_t ids = 0;           // i64
  std::uint64_t published = 0;     // i64, microseconds; descends
  std::uint64_t length_codes = 0;  // u8 (length_norm.h)
  std::uint64_t title_words = 0;   // u8
  std::uint64_t words = 0;         // u16
  std::uint64_t sentiments = 0;    // i8, hundredths; kNoSentiment
  std::uint64_t languages = 0;     // u8 (text/search_keys.h)
  std::uint64_t versions = 0;      // u32; 0 where all are 0
  std::uint64_t by_id = 0;         // u32: documents in the order of their ids; 0 where that is
                                   // backwards
  std::uint64_t stories = 0;       // i64; 0 where no document was in one
  std::uint64_t story_sizes = 0;   // u32, likewise
  std::uint64_t copies_of = 0;     // i64, of copies the original's id; 0 where none is one
  std::uint64_t words_total = 0;   // of all documents
  std::uint64_t named = 0;         // where the NamedPlaces are
  std::uint32_t documents = 0;
  std::uint32_t version = 0;
};

inline constexpr std::int8_t kNoSentiment = -128;
inline constexpr std::uint32_t kColumnsVersion = 2;

}  // namespace tidings::search
