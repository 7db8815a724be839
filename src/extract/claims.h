// What a page says of itself in one vocabulary. Each reader fills what its vocabulary tells; which
// of them is believed is decided in one place (page_facts.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace tidings::extract {

// Plain text, white space collapsed; addresses as they stand. What is not told is empty.
struct Claims {
  std::string title;
  std::vector<std::string> authors;  // as written: "By Ana Ruiz and Li Wei" is one
  std::optional<ZonedTime> published;
  std::optional<ZonedTime> modified;
  std::string language;
  std::string site;
  std::string image;
  std::string url;
  std::string description;
  bool is_of_video = false;  // which may only stand in the article's text
  std::string body;          // the article's text, where the vocabulary carries it
};

}  // namespace tidings::extract
