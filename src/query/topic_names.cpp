#include "query/topic_names.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/strings.h"
#include "query/edits.h"
#include "query/names.h"
#include "query/topic_tree_table.h"

namespace tidings::query {
namespace {

constexpr std::string_view kScheme = "medtop:";
constexpr std::size_t kCodeDigits = 8;
constexpr std::size_t kLabelWordsMax = 8;

std::string name_of(std::string_view written) {
  return name_text(written, kLabelWordsMax);
}

bool is_number(std::string_view text) {
  return text.size() == kCodeDigits && std::ranges::all_of(text, is_digit);
}

// "economy, business and finance": "economy", "business", "finance".
std::vector<std::string> parts_of(std::string_view label) {
  std::vector<std::string> parts;
  std::string part;
  for (const std::string& word : name_words(label, kLabelWordsMax)) {
    if (word == "and") {
      parts.push_back(std::move(part));
      part.clear();
      continue;
    }
    if (!part.empty()) part += ' ';
    part += word;
  }
  parts.push_back(std::move(part));
  return parts;
}

std::vector<std::string> all_parts_of(std::string_view label) {
  std::vector<std::string> all;
  for (const std::string_view list : split(label, ',')) {
    for (std::string& part : parts_of(list)) all.push_back(std::move(part));
  }
  return all;
}

}  // namespace

const TopicNames& TopicNames::shipped() {
  static const TopicNames names;
  return names;
}

TopicNames::TopicNames() {
  for (const std::string_view line : split(tables::topics_tsv(), '\n')) {
    const std::vector<std::string_view> cells = split(line, '\t');
    if (cells.size() != 3) continue;
    const std::string parent(cells[1]);
    topics_.push_back({.code = std::string(kScheme).append(cells[0]),
                       .parent = parent.empty() ? parent : std::string(kScheme).append(parent),
                       .label = cells[2]});
  }
  for (const Topic& topic : topics_) add_name(name_of(topic.label), topic.code);
  add_name("labor", "medtop:09000000");  // American for IPTC's "labour"
  add_parts(true);
  add_parts(false);
}

void TopicNames::add_name(std::string_view name, std::string_view code) {
  if (find(name) == nullptr) names_.push_back({std::string(name), std::string(code)});
}

// A part that two labels of the level have means neither.
void TopicNames::add_parts(bool of_the_top) {
  std::vector<Name> parts;
  for (const Topic& topic : topics_) {
    if (topic.parent.empty() != of_the_top) continue;
    for (std::string& part : all_parts_of(topic.label))
      parts.push_back({std::move(part), topic.code});
  }
  for (const Name& part : parts) {
    if (std::ranges::count(parts, part.text, &Name::text) == 1) add_name(part.text, part.code);
  }
}

const TopicNames::Name* TopicNames::find(std::string_view text) const {
  const auto found = std::ranges::find(names_, text, &Name::text);
  return found == names_.end() ? nullptr : &*found;
}

std::vector<std::string> TopicNames::with_those_above(std::string_view code) const {
  std::vector<std::string> codes = {std::string(code)};
  const auto found = std::ranges::find(topics_, code, &Topic::code);
  if (found != topics_.end() && !found->parent.empty()) codes.push_back(found->parent);
  return codes;
}

std::vector<std::string> TopicNames::with_all_above(std::span<const std::string> codes) const {
  std::vector<std::string> all;
  for (const std::string& code : codes) {
    for (std::string& one : with_those_above(code)) {
      if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
    }
  }
  return all;
}

std::optional<std::string> TopicNames::code_of(std::string_view written) const {
  std::string_view number = trim(written);
  if (istarts_with(number, kScheme)) number.remove_prefix(kScheme.size());
  if (is_number(number)) return std::string(kScheme).append(number);
  const std::string name = name_of(written);
  const Name* found = find(name);
  if (found == nullptr && name.ends_with('s')) found = find(name.substr(0, name.size() - 1));
  if (found == nullptr) found = find(name + "s");
  return found == nullptr ? std::nullopt : std::optional(found->code);
}

std::string_view TopicNames::nearest_name(std::string_view written) const {
  std::vector<std::string_view> known;
  known.reserve(names_.size());
  for (const Name& name : names_) known.emplace_back(name.text);
  return nearest(name_of(written), known);
}

}  // namespace tidings::query
