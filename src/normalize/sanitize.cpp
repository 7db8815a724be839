#include "normalize/sanitize.h"

#include <optional>
#include <utility>

#include "normalize/clean_text.h"
#include "normalize/html_fast.h"
#include "normalize/html_preflight.h"
#include "normalize/html_tree.h"
#include "normalize/html_writer.h"
#include "text/html_text.h"

namespace tidings::normalize {
namespace {

SanitizedHtml text_alone(std::string_view html) {
  SafeHtmlWriter writer({}, html.size());
  writer.text(cleaned(text::plain_text(html)));
  return writer.finish();
}

// What the tree of `html` says, written so that it parses back to that same tree: unwrapping can
// leave a paragraph in a paragraph, which no parser would build. Few inputs need a second round,
// hardly any a third.
SanitizedHtml sanitize_carefully(std::string_view html, std::string_view base_url) {
  constexpr int kRoundsMax = 6;
  if (!is_cheap_to_parse(html)) return text_alone(html);
  std::optional<SanitizedHtml> clean = sanitize_by_tree(html, base_url);
  for (int round = 0; clean && round < kRoundsMax; ++round) {
    std::optional<SanitizedHtml> again = sanitize_in_one_pass(clean->html, base_url);
    if (!again && is_cheap_to_parse(clean->html)) again = sanitize_by_tree(clean->html, base_url);
    if (again && again->html == clean->html) return *std::move(again);
    clean = std::move(again);
  }
  return text_alone(html);
}

}  // namespace

SanitizedHtml sanitize(std::string_view html, std::string_view base_url) {
  html = html.substr(0, kSanitizeInputBytesMax);
  std::string clean;
  if (!is_clean(html)) {
    clean = cleaned(html);
    html = clean;
  }
  if (std::optional<SanitizedHtml> result = sanitize_in_one_pass(html, base_url))
    return *std::move(result);
  return sanitize_carefully(html, base_url);
}

}  // namespace tidings::normalize
