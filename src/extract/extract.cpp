#include "extract/extract.h"

#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "extract/content.h"
#include "extract/content_writer.h"
#include "extract/json_ld.h"
#include "extract/meta_tags.h"
#include "extract/microdata.h"
#include "extract/page_facts.h"
#include "extract/survey.h"
#include "html/document.h"
#include "text/charset.h"

namespace tidings::extract {

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
  const Content content = find_content(
      document, measures, {.title = claims.json_ld.title, .body = claims.json_ld.body});
  claims.visible = read_visible(document, places, content.root);
  ExtractedPage page = decide_facts(claims, document, places, input.url, limits);
  WrittenContent written = write_content(document, measures, content, limits.html_bytes_max);
  page.html = std::move(written.html);
  page.text = std::move(written.text);
  return page;
}

}  // namespace tidings::extract
