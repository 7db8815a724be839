// The fields that gofeed's expected parses and ours have in common, in one shape that can be
// compared.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "model/feed.h"

namespace tidings::corpus {

enum class GofeedShape { RssParser, AtomParser, JsonParser, Translator };

// What gofeed expects of a document, in the common shape.
nlohmann::json view_of_expected(const nlohmann::json& expected, GofeedShape shape);

// The same of what we read.
nlohmann::json view_of_document(const FeedDocument& document);

// Where they differ: "entries[0].title: expected "a", got "b""; empty when they agree.
std::string first_difference(const nlohmann::json& expected, const nlohmann::json& actual);

}  // namespace tidings::corpus
