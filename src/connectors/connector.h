// A news API as its connector file declares it: what to ask, and where in the answer things stand.
// docs/user/connectors.md is the reference of the file.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/json_path.h"
#include "connectors/text_template.h"
#include "connectors/time_format.h"

namespace tidings::connectors {

// What a source's address may say: "q" and "section" in api:guardian?q=climate&section=world.
struct Parameter {
  std::string name;
  std::string help;
  bool required = false;
  std::string default_value;        // empty: left out of the request
  std::vector<std::string> values;  // that are allowed; empty: any
};

// How a request says who asks. The key itself is in the secret store, under `secret`.
struct KeyRule {
  enum class Place { None, Header, Query, Bearer };
  Place place = Place::None;
  std::string secret;
  std::string name;         // of the header or query parameter
  std::string prefix;       // before the key, in a header
  bool plain_http = false;  // may be sent unencrypted
};

struct PagingRule {
  enum class Kind {
    None,
    Page,    // a number that grows by one
    Offset,  // how many entries come before
    Cursor,  // the answer holds what the next request sends
    Link,    // the Link header (RFC 8288), or a path in the answer, names the next address
    Window,  // {until} becomes the time of the oldest entry so far
  };
  Kind kind = Kind::None;
  std::string parameter;          // of Page, Offset and Cursor
  std::int64_t first = 1;         // of Page
  std::size_t size = 0;           // entries of a full page; 0: not known, an empty page is the last
  std::size_t pages_max = 5;      // of one refresh
  JsonPath next;                  // of Cursor and Link
  bool has_next = false;          // for Link: by the path rather than by the header
  std::optional<JsonPath> pages;  // how many pages there are
  bool until_known = true;        // newest first: no further page once an entry is known
};

// What {since} and {until} stand for.
struct WindowRule {
  TimeFormat format;
  std::chrono::hours first{24};   // before now, where nothing is known of the last refresh
  std::chrono::hours overlap{1};  // before the last refresh: services list late
};

// Where one value of an entry comes from: the first of `choices` that gives something.
struct FieldRule {
  struct Choice {
    JsonPath path;
    TextTemplate text;            // instead of the path, where it has names: each is a path
    std::vector<JsonPath> paths;  // those of the template, in its order
  };
  std::vector<Choice> choices;
  bool is_html = false;                       // else plain text
  TimeFormat time;                            // of times
  std::vector<std::string> strip;             // beginnings that say nothing: "By "
  std::string cut_at;                         // where the text ends: "... [" of "... [1514 chars]"
  std::vector<std::string> split;             // one text that is several: ", ", " and "
  std::map<std::string, std::string> values;  // what the service's words mean: English → en
};

struct FieldRules {
  FieldRule id, url, title, summary, content, authors, published, updated, image, language, country,
      categories, source, comments_url;
};

// At most so many requests; what is not stated is not limited.
struct RateRule {
  std::optional<std::int64_t> per_second, per_minute, per_day;
};

struct Connector {
  std::string name;  // lower-case letters, digits, '_' and '-': as in addresses
  std::string title, description, terms, site;
  std::string language, country;  // of every entry that does not say
  TextTemplate url;
  std::vector<std::pair<std::string, TextTemplate>> query;    // left out where a name has no value
  std::vector<std::pair<std::string, TextTemplate>> headers;  // likewise
  std::vector<Parameter> parameters;
  KeyRule key;
  PagingRule paging;
  WindowRule window;
  JsonPath list;
  FieldRules fields;
  RateRule rate;
  std::optional<std::chrono::seconds> interval;
  std::vector<JsonPath> error_message;

  const Parameter* find_parameter(const std::string& wanted) const {
    for (const Parameter& parameter : parameters) {
      if (parameter.name == wanted) return &parameter;
    }
    return nullptr;
  }
};

}  // namespace tidings::connectors
