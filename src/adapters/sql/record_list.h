// Lists of small records in one column: the fields of all of them in turns, as a list of texts.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "adapters/sql/form.h"
#include "adapters/sql/text_list.h"
#include "core/strings.h"
#include "model/article.h"
#include "model/story.h"

namespace tidings::sql {

template <class Archive, Form<Person> T>
void fields(Archive& archive, T& person) {
  archive(person.name, person.email, person.url);
}
template <class Archive, Form<TopicScore> T>
void fields(Archive& archive, T& topic) {
  archive(topic.code, topic.label, topic.score);
}
template <class Archive, Form<CountryScore> T>
void fields(Archive& archive, T& country) {
  archive(country.code, country.score);
}
template <class Archive, Form<Evidence> T>
void fields(Archive& archive, T& evidence) {
  archive(evidence.text, evidence.weight);
}
template <class Archive, Form<StoryEntity> T>
void fields(Archive& archive, T& entity) {
  archive(entity.id, entity.text, entity.type, entity.salience);
}

template <class Archive, Form<LinkEvidence> T>
void fields(Archive& archive, T& evidence) {
  archive(evidence.kind, evidence.text, evidence.other, evidence.weight);
}

// Numbers of enums and scores per mille, in decimal.
class RecordWriter {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (texts_.push_back(text_of(values)), ...);
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  static std::string text_of(const std::string& text) { return text; }
  static std::string text_of(double score) { return std::to_string(std::lround(score * 1000)); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  static std::string text_of(Enum value) {
    return std::to_string(static_cast<int>(value));
  }

  std::vector<std::string> texts_;
};

// What is missing at a damaged list's end reads as empty or 0.
class RecordReader {
 public:
  explicit RecordReader(std::string_view json) : list_(json) {}

  bool is_at_end() const { return list_.is_at_end(); }
  template <class... T>
  void operator()(T&... values) {
    (read(values), ...);
  }

 private:
  std::int64_t number() { return parse_int(list_.next().value_or("")).value_or(0); }
  void read(std::string& text) { text = list_.next().value_or(""); }
  void read(double& score) { score = static_cast<double>(number()) / 1000; }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void read(Enum& value) {
    value = static_cast<Enum>(number());
  }

  ListReader list_;
};

// Empty for the empty list. Scores keep three digits, texts become storable.
template <class Record>
std::string encode_records(const std::vector<Record>& records) {
  RecordWriter writer;
  for (const Record& record : records) fields(writer, record);
  return encode_list(writer.texts());
}

// What encode_records() made.
template <class Record>
std::vector<Record> decode_records(std::string_view json) {
  std::vector<Record> records;
  RecordReader reader(json);
  while (!reader.is_at_end()) fields(reader, records.emplace_back());
  return records;
}

}  // namespace tidings::sql
