#include "extract/extract.h"

#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "extract/content.h"
#include "extract/content_writer.h"
#include "extract/embedded_text.h"
#include "extract/json_ld.h"
#include "extract/meta_tags.h"
#include "extract/microdata.h"
#include "extract/page_facts.h"
#include "extract/survey.h"
#include "extract/visible.h"
#include "html/document.h"
#include "text/charset.h"

namespace tidings::extract {
namespace {

constexpr std::size_t kArticleBytesMin = 250;  // with less a page's scripts are asked as well

}  // namespace

Result<ExtractedPage> extract_page(const PageInput& input, const Rules& rules,
                                   const Limits& limits) {
  (void)rules;
  const text::DecodedText decoded =
      TRY(text::decode_document(input.bytes, input.content_type, limits.page_bytes_max));
  const std::string repaired =
      is_valid_utf8(decoded.text()) ? std::string() : text::repaired_text(decoded.text());
  const std::string_view utf8 = repaired.empty() ? decoded.text() : repaired;
  const html::Document document = html::Document::parse(
      utf8,
      {.bytes_max = utf8.size(), .nodes_max = limits.nodes_max, .depth_max = limits.depth_max});
  const Survey places = survey(document);
  AllClaims claims{.json_ld = read_json_ld(places.json_ld, input.url, limits.json_bytes_max),
                   .meta = read_meta_tags(document, places),
                   .microdata = read_microdata(document, places)};
  const std::vector<Measure> measures = measure(document);
  const Content content =
      find_content(document, measures,
                   {.title = claims.meta.title.empty() ? claims.json_ld.title : claims.meta.title,
                    .body = claims.json_ld.body,
                    .description = claims.meta.description.empty() ? claims.json_ld.description
                                                                   : claims.meta.description});
  claims.visible = read_visible(document, measures, places, content.root);
  ExtractedPage page = decide_facts(claims, document, places, input.url, limits);
  WrittenContent written = write_content(document, measures, content, limits.html_bytes_max);
  WrittenContent by_data = written_from(claims.json_ld.body, limits.html_bytes_max);
  // Behind a wall, or filled in by scripts.
  if (by_data.text.size() > 300 && by_data.text.size() > written.text.size() * 3 / 2)
    written = std::move(by_data);
  if (written.text.size() < kArticleBytesMin) {
    WrittenContent in_scripts = article_in_scripts(places.scripts, page.title,
                                                   limits.json_bytes_max, limits.html_bytes_max);
    if (in_scripts.text.size() > written.text.size() * 2) written = std::move(in_scripts);
  }
  page.html = std::move(written.html);
  page.text = std::move(written.text);
  return page;
}

}  // namespace tidings::extract
