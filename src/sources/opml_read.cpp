#include "sources/opml.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <unordered_set>
#include <utility>

#include <pugixml.hpp>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "sources/opml_charset.h"
#include "text/html_text.h"

namespace tidings::sources {
namespace {

// Elements and attributes become nodes of up to 64 bytes; a list of 50,000 feeds has a fifth of it.
constexpr std::ptrdiff_t kMarksMax = 2'000'000;
constexpr std::size_t kTextBytesMax = 4'096;
constexpr std::size_t kTopicsMax = 32;
constexpr std::size_t kProblemAddressBytesMax = 200;

Error rejected(std::string message, std::string code) {
  return {ErrorKind::InvalidInput, std::move(message), std::move(code)};
}

// One line of valid UTF-8 of a bounded length: a character reference can smuggle in anything.
std::string clean(std::string_view raw) {
  std::string text = repaired_utf8(raw);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  text = text::collapsed(text);
  if (text.size() > kTextBytesMax) text = trim(utf8_prefix(text, kTextBytesMax));
  return text;
}

// The attributes that matter, as they stand in the file.
struct Outline {
  std::string_view text, title, type, xml_url, url, html_url, language, category;
  std::string_view country, topics, own_title, enabled, interval;
};

Outline read_outline(const pugi::xml_node& node) {
  Outline outline;
  const std::pair<std::string_view, std::string_view*> places[] = {
      {"text", &outline.text},
      {"title", &outline.title},
      {"type", &outline.type},
      {"xmlurl", &outline.xml_url},
      {"url", &outline.url},
      {"htmlurl", &outline.html_url},
      {"language", &outline.language},
      {"category", &outline.category},
      {"country", &outline.country},
      {"tidings:country", &outline.country},
      {"tidings:topics", &outline.topics},
      {"tidings:title", &outline.own_title},
      {"tidings:enabled", &outline.enabled},
      {"tidings:interval", &outline.interval},
  };
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    for (const auto& [name, place] : places) {
      if (iequals(attribute.name(), name)) *place = attribute.value();
    }
  }
  return outline;
}

// Empty when the outline names no feed: then it is a folder, or a link to something else.
std::string_view feed_address(const Outline& outline) {
  if (!trim(outline.xml_url).empty()) return trim(outline.xml_url);
  const bool is_feed = iequals(outline.type, "rss") || iequals(outline.type, "atom");
  return is_feed ? trim(outline.url) : std::string_view();
}

// In its one spelling; one of ours that is no web address (api:NAME?…) as it stands.
Result<std::string> parse_feed_address(std::string_view address) {
  if (kind_of(address) == SourceKind::Api) return std::string(address);
  std::string web(address);
  if (istarts_with(address, "feed:")) web = address.substr(5);
  if (istarts_with(address, "feed://")) web = "http" + std::string(address.substr(4));
  return TRY(parse_url(web)).to_string();
}

// "en_US" → "en-US"; empty for what cannot be a BCP 47 tag.
std::string language_tag(std::string_view raw) {
  constexpr std::size_t kTagBytesMax = 35;  // RFC 5646 §4.4.1
  std::string tag(trim(raw));
  std::replace(tag.begin(), tag.end(), '_', '-');
  if (tag.size() > kTagBytesMax) return {};
  const std::vector<std::string_view> parts = split(tag, '-');
  for (const std::string_view part : parts) {
    if (part.empty() || part.size() > 8) return {};
    const bool is_plain =
        std::all_of(part.begin(), part.end(), [](char c) { return is_alpha(c) || is_digit(c); });
    if (!is_plain) return {};
  }
  const std::string_view primary = parts.front();
  const bool is_language = primary.size() >= 2 && primary.size() <= 3 &&
                           std::all_of(primary.begin(), primary.end(), is_alpha);
  return is_language ? tag : std::string();
}

std::string country_code(std::string_view raw) {
  std::string code(trim(raw));
  if (code.size() != 2 || !is_alpha(code[0]) || !is_alpha(code[1])) return {};
  for (char& c : code) c = is_alpha(c) && c >= 'a' ? static_cast<char>(c - 32) : c;
  return code;
}

std::vector<std::string> topics_of(const Outline& outline) {
  const bool is_own = !outline.topics.empty();
  std::vector<std::string> topics;
  for (std::string_view part :
       split(is_own ? outline.topics : outline.category, is_own ? '\n' : ',')) {
    if (!is_own && trim(part).starts_with('/')) part = trim(part).substr(1);
    std::string topic = clean(part);
    const bool is_known = std::find(topics.begin(), topics.end(), topic) != topics.end();
    if (!topic.empty() && !is_known && topics.size() < kTopicsMax)
      topics.push_back(std::move(topic));
  }
  return topics;
}

std::optional<std::chrono::seconds> interval_of(const Outline& outline) {
  constexpr long long kDay = 24 * 60 * 60;
  const std::optional<long long> seconds = parse_int(trim(outline.interval));
  if (!seconds || *seconds <= 0) return std::nullopt;
  return std::chrono::seconds(std::min(*seconds, kDay));
}

SourceSettings settings_of(const Outline& outline, std::string url,
                           const std::vector<std::string>& folder) {
  SourceSettings settings{.url = std::move(url), .folder = folder};
  if (!iequals(outline.own_title, "feed")) {
    settings.title = clean(outline.title);
    if (settings.title.empty()) settings.title = clean(outline.text);
  }
  if (const Result<Url> site = parse_url(outline.html_url)) settings.site_url = site->to_string();
  settings.language = language_tag(outline.language);
  settings.country = country_code(outline.country);
  settings.topics = topics_of(outline);
  settings.enabled = !iequals(trim(outline.enabled), "false");
  settings.interval = interval_of(outline);
  return settings;
}

// Walks the outlines and gathers what they name.
class Reader {
 public:
  Result<void> read_children(const pugi::xml_node& parent) {
    for (const pugi::xml_node& node : parent.children()) {
      if (iequals(node.name(), "outline")) TRY(read(node));
    }
    return {};
  }

  OpmlImport finish() && {
    if (problems_left_out_ > 0) {
      imported_.problems.push_back("and " + std::to_string(problems_left_out_) + " more");
    }
    return std::move(imported_);
  }

 private:
  Result<void> read(const pugi::xml_node& node) {
    if (++depth_ > kOpmlDepthMax) {
      return rejected("outlines are nested more than " + std::to_string(kOpmlDepthMax) + " deep",
                      "too_deep");
    }
    const Outline outline = read_outline(node);
    const std::string_view address = feed_address(outline);
    std::string name;
    if (!address.empty()) {
      TRY(take_feed(outline, address));
    } else if (node.first_child()) {
      name = clean(outline.title.empty() ? outline.text : outline.title);
    }
    // A feed may hold outlines too; they are siblings then, as are those of a folder without a
    // name.
    if (!name.empty()) folder_.push_back(name);
    TRY(read_children(node));
    if (!name.empty()) folder_.pop_back();
    --depth_;
    return {};
  }

  Result<void> take_feed(const Outline& outline, std::string_view address) {
    Result<std::string> url = parse_feed_address(address);
    if (!url) {
      add_problem(address, url.error().message);
      return {};
    }
    std::string spelled = *std::move(url);
    if (!known_.insert(spelled).second) return {};
    if (known_.size() > kOpmlFeedsMax) {
      return rejected("the file names more than " + std::to_string(kOpmlFeedsMax) + " feeds",
                      "too_large");
    }
    imported_.sources.push_back(settings_of(outline, std::move(spelled), folder_));
    return {};
  }

  void add_problem(std::string_view address, std::string_view reason) {
    if (imported_.problems.size() >= kOpmlProblemsMax - 1) {
      ++problems_left_out_;
      return;
    }
    const std::string cut(utf8_prefix(clean(address), kProblemAddressBytesMax));
    imported_.problems.push_back("passed over '" + cut + "': " + std::string(reason));
  }

  OpmlImport imported_;
  std::unordered_set<std::string> known_;
  std::vector<std::string> folder_;
  std::size_t depth_ = 0;
  std::size_t problems_left_out_ = 0;
};

Result<void> parse_xml(std::string_view bytes, pugi::xml_document& document) {
  if (is_wide(bytes)) {
    const pugi::xml_parse_result parsed = document.load_buffer(bytes.data(), bytes.size());
    if (!parsed)
      return rejected(std::string("not well-formed: ") + parsed.description(), "malformed");
    return {};
  }
  const std::string text = TRY(opml_text(bytes));
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (parsed) return {};
  const auto offset = std::min<std::size_t>(static_cast<std::size_t>(parsed.offset), text.size());
  const auto line =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  return rejected(
      "line " + std::to_string(line + 1) + " is not well-formed: " + parsed.description(),
      "malformed");
}

pugi::xml_node child_named(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child(
      [name](const pugi::xml_node& child) { return iequals(child.name(), name); });
}

}  // namespace

Result<OpmlImport> read_opml(std::string_view bytes) {
  if (bytes.size() > kOpmlBytesMax) {
    return rejected("the file is larger than " + std::to_string(kOpmlBytesMax) + " bytes",
                    "too_large");
  }
  const auto is_mark = [](char c) { return c == '<' || c == '='; };
  if (std::count_if(bytes.begin(), bytes.end(), is_mark) > kMarksMax) {
    return rejected("the file has more elements and attributes than a list of feeds can need",
                    "too_large");
  }
  pugi::xml_document document;
  TRY(parse_xml(bytes, document));
  const pugi::xml_node root = child_named(document, "opml");
  if (!root) return rejected("the file is no OPML: it has no <opml> element", "not_opml");

  Reader reader;
  const pugi::xml_node body = child_named(root, "body");
  TRY(reader.read_children(body ? body : root));
  return std::move(reader).finish();
}

}  // namespace tidings::sources
