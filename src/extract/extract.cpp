#include "extract/extract.h"

#include <utility>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "extract/content.h"
#include "extract/content_writer.h"
#include "extract/date_in_text.h"
#include "extract/embedded_text.h"
#include "extract/json_ld.h"
#include "extract/meta_tags.h"
#include "extract/microdata.h"
#include "extract/names.h"
#include "extract/page_facts.h"
#include "extract/survey.h"
#include "extract/visible.h"
#include "html/document.h"
#include "text/charset.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::NodeId;

constexpr std::size_t kArticleBytesMin = 250;  // with less a page's scripts are asked as well
constexpr std::size_t kDataBytesMin = 300;     // of an article's text in metadata; less is a teaser

// What is no page at all, told by how it begins.
std::optional<Error> refused_by_beginning(std::string_view bytes) {
  constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
      {"%PDF-", "a PDF document"}, {"PK\x03\x04", "a zip archive"},
      {"\x89PNG", "a picture"},    {"\xFF\xD8\xFF", "a picture"},
      {"GIF8", "a picture"},       {"\x1F\x8B", "compressed data"}};
  for (const auto& [beginning, kind] : kOthers) {
    if (!bytes.starts_with(beginning)) continue;
    return Error{ErrorKind::InvalidInput,
                 "The document is not a web page but " + std::string(kind) + ".", "not_a_page"};
  }
  return std::nullopt;
}

std::string base_of(const Document& document, const Survey& places, std::string_view url) {
  if (places.base != html::kNoNode) {
    std::string base = resolve_url(url, html::attribute(document[places.base], "href"));
    if (!base.empty()) return base;
  }
  return std::string(url);
}

std::string text_of(const Document& document, NodeId id) {
  return text::collapsed(html::text_content(document, id, 4'000));
}

const std::string& first_told(const std::string& one, const std::string& other) {
  return one.empty() ? other : one;
}

Content content_by(const Rules& rules, const Document& document,
                   const std::vector<Measure>& measures, const AllClaims& claims) {
  std::vector<NodeId> roots, removed;
  if (rules.remove) removed = rules.remove->find_all(document);
  if (rules.content) roots = rules.content->find_all(document);
  // A rule that finds nothing on a page was written for others.
  if (!roots.empty()) return content_of(document, measures, roots, removed);
  return find_content(
      document, measures,
      {.title = first_told(claims.meta.title, claims.json_ld.title),
       .body = claims.json_ld.body,
       .description = first_told(claims.meta.description, claims.json_ld.description),
       .removed = removed});
}

// Behind a wall, or filled in by scripts: then the page's data may have what its markup lacks.
WrittenContent completed(WrittenContent written, const AllClaims& claims, const Survey& places,
                         const Limits& limits) {
  WrittenContent in_data = written_from(claims.json_ld.body, limits.html_bytes_max);
  if (in_data.text.size() >= kDataBytesMin && in_data.text.size() > written.text.size() * 3 / 2)
    written = std::move(in_data);
  if (written.text.size() >= kArticleBytesMin) return written;
  WrittenContent in_scripts =
      article_in_scripts(places.scripts, limits.json_bytes_max, limits.html_bytes_max);
  return in_scripts.text.size() > written.text.size() * 2 ? std::move(in_scripts)
                                                          : std::move(written);
}

std::optional<ZonedTime> date_of(const Document& document, NodeId id) {
  for (const char* name : {"datetime", "content"}) {
    const std::string_view given = html::attribute(document[id], name);
    if (const std::optional<ZonedTime> time = text::parse_zoned_date(given)) return time;
  }
  const std::string text = text_of(document, id);
  const std::optional<ZonedTime> time = date_in_text(text);
  return time ? time : text::parse_zoned_date(text);
}

void apply_rules(const Rules& rules, const Document& document, const Limits& limits,
                 ExtractedPage& page) {
  if (rules.title) {
    const NodeId id = rules.title->find_first(document);
    if (id != html::kNoNode) {
      if (std::string title = text_of(document, id); !title.empty())
        page.title = utf8_prefix(title, limits.field_bytes_max);
    }
  }
  if (rules.date) {
    const NodeId id = rules.date->find_first(document);
    if (id != html::kNoNode) {
      if (const std::optional<ZonedTime> time = date_of(document, id)) page.published = time;
    }
  }
  if (!rules.authors) return;
  std::vector<std::string> authors;
  for (const NodeId id : rules.authors->find_all(document)) {
    for (std::string& name : names_in(text_of(document, id))) {
      if (authors.size() < limits.authors_max) authors.push_back(std::move(name));
    }
  }
  if (!authors.empty()) page.authors = std::move(authors);
}

}  // namespace

Result<ExtractedPage> extract_page(const PageInput& input, const Rules& rules,
                                   const Limits& limits) {
  if (std::optional<Error> error = refused_by_beginning(input.bytes)) return *std::move(error);
  const text::DecodedText decoded =
      TRY(text::decode_html(input.bytes, input.content_type, limits.page_bytes_max));
  const std::string repaired =
      is_valid_utf8(decoded.text()) ? std::string() : text::repaired_text(decoded.text());
  const std::string_view utf8 = repaired.empty() ? decoded.text() : repaired;
  const Document document = Document::parse(
      utf8,
      {.bytes_max = utf8.size(), .nodes_max = limits.nodes_max, .depth_max = limits.depth_max});
  const Survey places = survey(document);
  AllClaims claims{.json_ld = read_json_ld(places.json_ld, input.url, limits.json_bytes_max),
                   .meta = read_meta_tags(document, places),
                   .microdata = read_microdata(document, places)};
  const std::vector<Measure> measures = measure(document);
  const Content content = content_by(rules, document, measures, claims);
  claims.visible = read_visible(document, measures, places, content.main_part());

  ExtractedPage page = decide_facts(claims, document, places, input.url, limits);
  apply_rules(rules, document, limits, page);
  page.base_url = base_of(document, places, input.url);
  WrittenContent written = write_content(document, measures, content, limits.html_bytes_max);
  if (!rules.content) written = completed(std::move(written), claims, places, limits);
  page.html = std::move(written.html);
  page.text = std::move(written.text);
  return page;
}

}  // namespace tidings::extract
