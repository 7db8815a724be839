#include "parse/parse.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/compression.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "parse/expat_reader.h"
#include "parse/feed_reader.h"
#include "parse/h_feed.h"
#include "parse/json_feed.h"
#include "parse/problems.h"
#include "parse/tolerant_xml.h"
#include "parse/wrapped_feed.h"
#include "parse/xml_scanner.h"
#include "text/charset.h"
#include "text/charset_repair.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

Error not_a_feed(std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), "not_a_feed"};
}

// An index only names sitemaps: the one with news is what can be followed.
Error refused_index(std::string_view text) {
  for (std::size_t at = 0; (at = text.find("<loc>", at)) != kNone;) {
    at += 5;
    const std::string_view address =
        trim(text.substr(at, std::min(text.find('<', at), at + 500) - at));
    if (address.find("news") == kNone) continue;
    return not_a_feed(fmt::format(
        "The document is an index of sitemaps, not a feed. Follow the news sitemap: {}.", address));
  }
  return not_a_feed(
      "The document is an index of sitemaps, not a feed. Follow the news sitemap, if it names "
      "one.");
}

Error refused(FeedReader::Stop stop, std::string_view root_name, std::string_view text) {
  if (stop == FeedReader::Stop::TooDeep) {
    return {ErrorKind::InvalidInput, "The elements of the document are nested too deeply.",
            "too_deep"};
  }
  std::string_view local =
      root_name.substr(root_name.find(':') == kNone ? 0 : root_name.find(':') + 1);
  if (iequals(local, "html")) return not_a_feed("The document is an HTML page, not a feed.");
  if (iequals(local, "opml"))
    return not_a_feed("The document is an OPML list of feeds, not a feed.");
  if (iequals(local, "sitemapindex")) return refused_index(text);
  return not_a_feed(fmt::format("The document is not a feed: its first element is <{}>.",
                                utf8_prefix(root_name, 60)));
}

// A sitemap of pages says where they are, not what they say.
Result<FeedDocument> finished(FeedReader& reader, FeedDocument& document) {
  reader.finish();
  if (document.format == FeedFormat::Sitemap && !reader.has_news()) {
    return not_a_feed(
        "The document is a sitemap without news: it lists pages, not articles. Follow the site's "
        "feed "
        "or its news sitemap.");
  }
  return std::move(document);
}

// Files that are served in a feed's place, by how they begin. Nothing for what may be a feed.
std::optional<Error> refused_by_beginning(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kKinds = {{
      {"<!doctype html", "an HTML page"},
      {"<html", "an HTML page"},
      {"%PDF-", "a PDF file"},
      {"\x89PNG", "an image"},
      {"\xFF\xD8\xFF", "an image"},
      {"GIF8", "an image"},
      {"PK\x03\x04", "a ZIP archive"},
      {"\x28\xB5\x2F\xFD", "compressed with zstd"},
  }};
  for (const auto& [begin, kind] : kKinds) {
    if (istarts_with(text, begin))
      return not_a_feed(fmt::format("The document is {}, not a feed.", kind));
  }
  return std::nullopt;
}

bool is_page(std::string_view text) {
  const std::string head = to_lower(text.substr(0, 2'048));
  return head.find("<html") != kNone || head.find("<!doctype html") != kNone ||
         head.starts_with("<pre") || head.starts_with("<body");
}

Error unrecognized(std::string_view text) {
  if (text.find('<') == kNone) return not_a_feed("The document is plain text, not a feed.");
  return not_a_feed("The document is not a feed: no RSS, RDF or Atom element was found in it.");
}

void take_problems(FeedDocument& document, std::vector<std::string> problems) {
  for (std::string& problem : problems) add_problem(document.problems, std::move(problem));
}

// Reads again, as a person would, what expat gave up on.
Result<FeedDocument> recover(std::string_view text, FeedDocument document, const ParseInput& input,
                             const ParseLimits& limits) {
  document.recovered = true;
  const bool is_bad_utf8 = !is_valid_utf8(text);
  if (is_bad_utf8)
    add_problem(document.problems, "Some bytes are not valid in the charset of the document.");
  const std::string repaired = is_bad_utf8 ? text::repaired_text(text) : std::string();
  if (is_bad_utf8) text = repaired;
  FeedReader reader(document, input.url, limits);
  read_tolerantly(text, reader);
  using Stop = FeedReader::Stop;
  if (reader.stop() == Stop::NotAFeed || reader.stop() == Stop::TooDeep) {
    return refused(reader.stop(), reader.root_name(), text);
  }
  if (reader.root_name().empty()) return unrecognized(text);
  return finished(reader, document);
}

// A script's warning in markup of its own, then the feed: but a page that only mentions one is a
// page.
bool has_feed_behind_junk(std::string_view text, std::string_view root_name) {
  return !iequals(root_name, "html") && find_feed_root(text) != kNone;
}

Result<FeedDocument> parse_xml(std::string_view text, FeedDocument document,
                               const ParseInput& input, const ParseLimits& limits) {
  const FeedDocument untouched = document;
  {
    FeedReader reader(document, input.url, limits);
    const ScanOutcome outcome = scan_xml(text, reader);
    const bool has_enough = reader.stop() == FeedReader::Stop::EntriesFull;
    if (outcome == ScanOutcome::Complete || (outcome == ScanOutcome::Stopped && has_enough))
      return finished(reader, document);
    document = untouched;  // expat says what it is worth
  }
  FeedReader reader(document, input.url, limits);
  const XmlResult result = read_with_expat(text, reader);
  switch (result.outcome) {
    case XmlOutcome::EntityBomb:
      return Error{ErrorKind::InvalidInput,
                   "The document declares entities or attributes that expand beyond reason.",
                   "entity_bomb"};
    case XmlOutcome::Stopped:
      if (reader.stop() == FeedReader::Stop::NotAFeed &&
          has_feed_behind_junk(text, reader.root_name())) {
        FeedDocument again = untouched;
        add_problem(again.problems, "Something stands before the feed.");
        return recover(text, std::move(again), input, limits);
      }
      if (reader.stop() != FeedReader::Stop::EntriesFull)
        return refused(reader.stop(), reader.root_name(), text);
      break;
    case XmlOutcome::IllFormed:
      if (!result.feed_is_whole) {
        FeedDocument again = untouched;
        add_problem(again.problems, result.problem);
        return recover(text, std::move(again), input, limits);
      }
      document.recovered = true;
      add_problem(document.problems, result.problem);
      break;
    case XmlOutcome::Complete:
      break;
  }
  return finished(reader, document);
}

// A page may be a feed itself, of posts that are marked as such; `refused` is what it is otherwise.
Result<FeedDocument> parse_page(std::string_view text, FeedDocument document,
                                const ParseInput& input, const ParseLimits& limits,
                                Result<FeedDocument> refused) {
  const std::string repaired = is_valid_utf8(text) ? std::string() : text::repaired_text(text);
  if (!repaired.empty()) text = repaired;
  if (!read_h_feed(text, input.url, limits, document)) return refused;
  return document;
}

Result<FeedDocument> parse_markup(std::string_view text, FeedDocument document,
                                  const ParseInput& input, const ParseLimits& limits) {
  const FeedDocument untouched = document;
  std::optional<Error> error = refused_by_beginning(text);
  Result<FeedDocument> read = error ? Result<FeedDocument>(*std::move(error))
                                    : parse_xml(text, std::move(document), input, limits);
  if (read || read.error().code != "not_a_feed") return read;
  const std::optional<std::string> inner = is_page(text) ? feed_in_page(text) : std::nullopt;
  if (!inner) return parse_page(text, untouched, input, limits, std::move(read));
  FeedDocument again = untouched;
  again.recovered = true;
  add_problem(again.problems, "The feed is wrapped in an HTML page.");
  Result<FeedDocument> unwrapped = parse_xml(*inner, std::move(again), input, limits);
  return unwrapped && !unwrapped->feed.entries.empty() ? std::move(unwrapped) : std::move(read);
}

Result<FeedDocument> parse_plain(const ParseInput& input, const ParseLimits& limits) {
  const text::DecodedText decoded =
      TRY(text::decode_document(input.bytes, input.content_type, limits.document_bytes_max));
  FeedDocument document;
  document.encoding = decoded.encoding;
  take_problems(document, decoded.problems);

  std::string_view text = decoded.text();
  const std::size_t blanks =
      std::min(text.find_first_not_of(std::string_view(" \t\r\n\f\v\0", 7)), text.size());
  text.remove_prefix(blanks);
  while (text.ends_with('\0')) text.remove_suffix(1);
  if (text.empty()) return not_a_feed("The document is empty.");
  if (const std::string_view json = without_callback(text); json.size() != text.size()) {
    document.recovered = true;
    add_problem(document.problems, "The JSON is wrapped in a script's call.");
    text = json;
  }
  if (text.starts_with('{') || text.starts_with('[')) {
    const std::string repaired = is_valid_utf8(text) ? std::string() : text::repaired_text(text);
    if (!repaired.empty()) {
      document.recovered = true;
      add_problem(document.problems, "Some bytes are not valid in the charset of the document.");
      text = repaired;
    }
    TRY(read_json_feed(text, input.url, limits, document));
    return document;
  }
  if (blanks > 0 && text.starts_with("<?xml")) {
    document.recovered = true;
    add_problem(document.problems, "White space stands before the XML declaration.");
  }
  return parse_markup(text, std::move(document), input, limits);
}

// Sitemaps above all are served as the gzip files that they are, and not as documents in an
// encoding.
Result<FeedDocument> parse_packed(const ParseInput& input, const ParseLimits& limits) {
  const Result<std::string> bytes =
      decompress(input.bytes, Compression::Gzip, limits.unpacked_bytes_max);
  if (!bytes && bytes.error().code == "too_large") return bytes.error();
  if (!bytes) return not_a_feed("The document is a gzip file that is not whole.");
  if (is_gzip(*bytes)) return not_a_feed("The document is a gzip file in a gzip file, not a feed.");
  return parse_plain({.bytes = *bytes, .content_type = input.content_type, .url = input.url},
                     limits);
}

}  // namespace

Result<FeedDocument> parse_feed(const ParseInput& input, const ParseLimits& limits) {
  if (is_gzip(input.bytes)) return parse_packed(input, limits);
  return parse_plain(input, limits);
}

}  // namespace tidings::parse
