// How a listing of articles is asked for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/sql/connection.h"
#include "adapters/sql/value.h"
#include "core/hash.h"
#include "ports/article_store.h"

namespace tidings::sql {

// A SELECT whose conditions come one by one with their parameters.
class Question {
 public:
  explicit Question(std::string head) : text_(std::move(head)) {}

  template <class T>
  void where(std::string_view column, std::string_view comparison, const T& value) {
    begin_condition();
    text_.append(column).append(comparison);
    parameter(value);
  }
  template <class T>
  void append(std::string_view sql, const T& value) {
    text_ += sql;
    parameter(value);
  }
  void append(std::string_view sql) { text_ += sql; }
  // The text has a condition already: others follow.
  void continue_conditions() { has_condition_ = true; }
  // Rows that come after the position in descending order of `columns`, "(published, id)".
  template <class Key, class Id>
  void after(std::string_view columns, const Key& key, const Id& id) {
    begin_condition();
    text_.append(columns);
    append(" < (", key);
    append(", ", id);
    text_ += ")";
  }
  // The first term leads through article_terms `t`; the others are looked up beside it.
  void leading_term(std::string_view term) { where("t.term", " = ", kept_hash(term)); }
  void further_term(std::string_view term) {
    begin_condition();
    append("EXISTS (SELECT 1 FROM article_terms u WHERE u.term = ", kept_hash(term));
    text_ += " AND u.published = t.published AND u.article_id = t.article_id)";
  }

  const std::string& text() const { return text_; }
  const Parameters& parameters() const { return parameters_; }

 private:
  void begin_condition() {
    text_ += has_condition_ ? " AND " : " WHERE ";
    has_condition_ = true;
  }
  Blob kept_hash(std::string_view term) {
    const Hash128 hash = hash128(term);
    return {parameters_.keep({reinterpret_cast<const char*>(hash.data()), hash.size()})};
  }
  template <class T>
  void parameter(const T& value) {
    parameters_.add(value);
    text_ += '$';
    text_ += std::to_string(++count_);
  }

  std::string text_;
  Parameters parameters_;
  int count_ = 0;
  bool has_condition_ = false;
};

// One filter leads and chooses the index: the first term, else the source, else the country, else
// the language, else the time. The others are checked on the way, where the index has them without
// a look at the row.
Question listing(const ArticleQuery& query, std::size_t limit, const Dialect& dialect);

// The same, of the articles' ids alone, as a part of a greater question: nothing of `query.after`.
void append_ids(Question& sql, const ArticleQuery& query, std::size_t limit,
                const Dialect& dialect);

}  // namespace tidings::sql
