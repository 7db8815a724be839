// Makes a segment of articles.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/search_document.h"
#include "search/columns_writer.h"
#include "search/segment_parts.h"
#include "text/search_words.h"
#include "text/word_index.h"

namespace tidings::search {

class ColumnNames {
 public:
  // The text's number, in the order they come.
  std::uint32_t add(std::string_view text);
  // The texts in ascending order, and for each number that add() gave its place in it.
  struct Sorted {
    std::vector<std::string_view> texts;
    std::vector<std::uint32_t> places;
  };
  Sorted sorted() const;
  std::string_view text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  text::TextArena arena_;
  text::WordIndex index_{64};
  std::vector<std::string_view> texts_;
};

// For one thread. Holds 4 bytes a word until it writes, then 12.
class SegmentBuilder {
 public:
  // `values` are its value terms, each once. At most 2^32 words in all.
  void add(const SearchDocument& document, const text::SearchWords& words,
           std::span<const std::string> values);

  std::size_t documents() const { return facts_.size(); }
  std::size_t words() const { return tokens_.size(); }

  // Leaves nothing behind: the builder is as new.
  void write(SegmentOutput& output);

 private:
  // Of a document: where its words, values and names begin.
  struct Begins {
    std::uint32_t token = 0, value = 0;
    std::array<std::uint32_t, kNamedColumns> names = {};
  };
  void add_names(const SearchDocument& document);
  void add_name(NamedColumn column, std::string_view text);
  std::vector<std::uint32_t> sorted_documents() const;
  std::vector<std::string> folded_terms() const;
  void write_terms(SegmentOutput& output, std::span<const std::uint32_t> order);
  void write_columns(SegmentOutput& output, std::span<const std::uint32_t> order);

  std::vector<DocumentFacts> facts_;
  std::vector<Begins> begins_;
  ColumnNames words_, values_;
  std::vector<std::uint64_t> word_languages_;
  std::vector<std::uint32_t> tokens_;        // words of the documents, by number
  std::vector<std::uint32_t> value_tokens_;  // values of the documents, by number
  std::array<ColumnNames, kNamedColumns> names_;
  std::array<std::vector<std::uint32_t>, kNamedColumns> name_tokens_;
};

}  // namespace tidings::search
