#include "huffpost.h"

#include <array>
#include <string_view>

#include <fmt/format.h>
#include <simdjson.h>

namespace tidings::training {
namespace {

struct Category {
  std::string_view name;
  std::uint32_t code = 0, second_code = 0;
};

constexpr std::array<Category, 21> kCategories = {{{"POLITICS", 11000000},
                                                   {"ENTERTAINMENT", 1000000, 20000002},
                                                   {"MEDIA", 1000000, 20000045},
                                                   {"CULTURE & ARTS", 1000000},
                                                   {"SPORTS", 15000000},
                                                   {"CRIME", 2000000},
                                                   {"STYLE & BEAUTY", 10000000, 20000565},
                                                   {"HOME & LIVING", 10000000},
                                                   {"FOOD & DRINK", 10000000, 20000538},
                                                   {"TRAVEL", 10000000, 20000538},
                                                   {"WEDDINGS", 10000000},
                                                   {"ENVIRONMENT", 6000000},
                                                   {"WELLNESS", 7000000},
                                                   {"BUSINESS", 4000000},
                                                   {"MONEY", 4000000},
                                                   {"TECH", 13000000, 20000756},
                                                   {"SCIENCE", 13000000},
                                                   {"RELIGION", 12000000},
                                                   {"EDUCATION", 5000000},
                                                   {"PARENTING", 14000000},
                                                   {"WEIRD NEWS", 8000000}}};

Category meaning_of(std::string_view category) {
  for (const Category& known : kCategories) {
    if (known.name == category) return known;
  }
  return {};
}

}  // namespace

Result<std::vector<LabeledHeadline>> read_huffpost(const std::string& path) {
  simdjson::dom::parser parser;
  simdjson::dom::document_stream records;
  if (const auto error = parser.load_many(path).get(records); error != simdjson::SUCCESS)
    return invalid_input(fmt::format("{}: {}", path, simdjson::error_message(error)));
  std::vector<LabeledHeadline> headlines;
  for (const auto record : records) {
    std::string_view category, headline, description;
    if (record["category"].get(category) != simdjson::SUCCESS ||
        record["headline"].get(headline) != simdjson::SUCCESS ||
        record["short_description"].get(description) != simdjson::SUCCESS)
      return invalid_input(fmt::format("{}: a record without category or text", path));
    const Category meaning = meaning_of(category);
    headlines.push_back({.code = meaning.code,
                         .second_code = meaning.second_code,
                         .text = fmt::format("{}\n{}", headline, description)});
  }
  return headlines;
}

}  // namespace tidings::training
