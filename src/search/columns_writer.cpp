#include "search/columns_writer.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace tidings::search {

void ColumnsWriter::add_facts(std::span<const DocumentFacts> facts) {
  end_.documents = static_cast<std::uint32_t>(facts.size());
  end_.version = kColumnsVersion;
  end_.ids = add_fact(facts, &DocumentFacts::id);
  end_.published = add_fact(facts, &DocumentFacts::published);
  end_.length_codes = add_fact(facts, &DocumentFacts::length_code);
  end_.title_words = add_fact(facts, &DocumentFacts::title_words);
  end_.words = add_fact(facts, &DocumentFacts::words);
  end_.sentiments = add_fact(facts, &DocumentFacts::sentiment);
  end_.languages = add_fact(facts, &DocumentFacts::language);
  const auto has_version = [](const DocumentFacts& one) { return one.version != 0; };
  if (std::ranges::any_of(facts, has_version))
    end_.versions = add_fact(facts, &DocumentFacts::version);
  add_order_of_ids(facts);
  const auto has_story = [](const DocumentFacts& one) { return one.story != 0; };
  if (std::ranges::any_of(facts, has_story)) {
    end_.stories = add_fact(facts, &DocumentFacts::story);
    end_.story_sizes = add_fact(facts, &DocumentFacts::story_size);
  }
  const auto is_copy = [](const DocumentFacts& one) { return one.copy_of != 0; };
  if (std::ranges::any_of(facts, is_copy))
    end_.copies_of = add_fact(facts, &DocumentFacts::copy_of);
  for (const DocumentFacts& one : facts) end_.words_total += one.words;
}

void ColumnsWriter::add_order_of_ids(std::span<const DocumentFacts> facts) {
  if (std::ranges::is_sorted(facts, std::greater<>(), &DocumentFacts::id)) return;
  std::vector<std::uint32_t> order(facts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t document) { return facts[document].id; });
  end_.by_id = out_.size();
  for (const std::uint32_t document : order) out_.append_number(document);
  out_.align();
}

void ColumnsWriter::begin_named(std::span<const std::string_view> names) {
  NamedPlace& place = place_.emplace_back();
  place.names = static_cast<std::uint32_t>(names.size());
  place.width = names.size() <= 1 ? 0 : names.size() <= 256 ? 1 : names.size() <= 65'536 ? 2 : 4;
  place.texts = out_.size();
  std::uint32_t begin = 0;
  for (const std::string_view name : names) {
    out_.append_number(begin);
    begin += static_cast<std::uint32_t>(name.size());
  }
  out_.append_number(begin);
  place.text_bytes = begin;
  for (const std::string_view name : names) out_.append(name);
  out_.align();
}

void ColumnsWriter::add_number(std::uint32_t number) {
  NamedPlace& place = place_.back();
  ++place.number_count;
  out_.append({reinterpret_cast<const char*>(&number), place.width});
}

void ColumnsWriter::finish() {
  end_.named = out_.size();
  for (const NamedPlace& place : place_) out_.append_number(place);
  out_.append_number(end_);
}

}  // namespace tidings::search
