// Small feeds in each of the four forms, whole and in the parts that hostile ones are put together
// from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/publisher/behavior.h"

namespace tidings::hostile {

enum class Form { Rss, Atom, Rdf, Json };
std::string_view name_of(Form form);
std::string_view content_type(Form form);
inline bool is_xml(Form form) {
  return form != Form::Json;
}

struct EntryText {
  std::string id = "https://good.example/1";
  std::string title = "An entry";     // markup, or the inside of a JSON string
  std::string content = "Some text";  // the same
  std::string extra;                  // elements, or members with a comma before them
};

// open + entries (for JSON with commas between them) + close is a document.
std::string open(Form form, std::string_view doctype = {}, std::string_view root_attributes = {});
std::string entry(Form form, const EntryText& text);
std::string close(Form form);
// What stands between two entries.
std::string_view between(Form form);

// A sound feed of so many entries, whose ids begin with `ids`.
std::string document(Form form, std::size_t entries = 3,
                     std::string_view ids = "https://good.example/");
// One entry, with a document type declaration where the form has such a thing.
std::string document_with(Form form, const EntryText& text, std::string_view doctype = {},
                          std::string_view root_attributes = {});

// A document as the answer to a request, with its length and what else is said.
std::string head(Form form, std::string_view headers, std::string_view status = "200 OK");
std::string answer(Form form, std::string_view body, std::string_view headers = {});
publisher::Behavior feed(Form form, std::string body);
publisher::Behavior feed(Form form);

std::string repeated(std::string_view text, std::size_t times);

}  // namespace tidings::hostile
