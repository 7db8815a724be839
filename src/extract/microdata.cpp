#include "extract/microdata.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/strings.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::Node;
using html::NodeId;
using html::Tag;

constexpr std::size_t kTextBytesMax = 600;
constexpr std::size_t kDateTextBytesMax = 120;

std::string text_of(const Document& document, NodeId id) {
  return text::collapsed(html::text_content(document, id, kTextBytesMax));
}

// The value of a microdata property (WHATWG HTML §5.2.4), as far as text goes.
std::string value_of(const Document& document, NodeId id) {
  const Node& node = document[id];
  for (const char* name : {"content", "datetime", "data-datetime"}) {
    if (const std::string_view value = trim(html::attribute(node, name)); !value.empty())
      return std::string(value);
  }
  if (node.tag == Tag::Img) return std::string(html::attribute(node, "src"));
  if (node.tag == Tag::Link) return std::string(html::attribute(node, "href"));
  return text_of(document, id);
}

void take_date(const std::string& value, std::optional<ZonedTime>& into) {
  if (into || value.size() > kDateTextBytesMax) return;
  into = text::parse_zoned_date(value);
}

class MicrodataReader {
 public:
  MicrodataReader(const Document& document) : document_(document) {}

  void take(NodeId id) {
    const Node& node = document_[id];
    const std::string_view name = html::attribute(node, "itemprop");
    if (name == "headline" && claims_.title.empty()) claims_.title = value_of(document_, id);
    if (name == "datePublished") take_date(value_of(document_, id), claims_.published);
    if (name == "dateCreated") take_date(value_of(document_, id), created_);
    if (name == "dateModified") take_date(value_of(document_, id), claims_.modified);
    if (name == "inLanguage" && claims_.language.empty())
      claims_.language = value_of(document_, id);
    if (name == "author" || name == "creator") take_author(id);
    if (name == "image" && claims_.image.empty() && node.tag != Tag::Div)
      claims_.image = image_of(id);
  }

  Claims claims() {
    if (!claims_.published) claims_.published = created_;
    return std::move(claims_);
  }

 private:
  // A person is an item of its own, with a name.
  void take_author(NodeId id) {
    if (id < author_end_) return;
    author_end_ = document_[id].end;
    for (NodeId at = id + 1; at < document_[id].end; ++at) {
      if (html::attribute(document_[at], "itemprop") == "name") {
        claims_.authors.push_back(value_of(document_, at));
        return;
      }
    }
    claims_.authors.push_back(value_of(document_, id));
  }

  std::string image_of(NodeId id) const {
    const Node& node = document_[id];
    for (const char* name : {"content", "src", "href"}) {
      if (const std::string_view value = html::attribute(node, name); !value.empty())
        return std::string(value);
    }
    return {};
  }

  const Document& document_;
  Claims claims_;
  std::optional<ZonedTime> created_;
  NodeId author_end_ = 0;
};

// h-entry and hentry: names of classes inside the first entry.
void read_entry(const Document& document, NodeId entry, Claims& claims) {
  for (NodeId id = entry + 1; id < document[entry].end; ++id) {
    const Node& node = document[id];
    if (node.kind != html::NodeKind::Element || html::attribute(node, "class").empty()) continue;
    const auto is = [&](std::string_view word) { return html::has_word(node, "class", word); };
    if (claims.title.empty() && (is("p-name") || is("entry-title")))
      claims.title = text_of(document, id);
    if (is("dt-published") || is("published")) take_date(value_of(document, id), claims.published);
    if (is("dt-updated") || is("updated")) take_date(value_of(document, id), claims.modified);
    if (claims.authors.empty() && (is("p-author") || is("author") || is("vcard")))
      claims.authors.push_back(text_of(document, id));
  }
}

}  // namespace

Claims read_microdata(const Document& document, const Survey& survey) {
  MicrodataReader reader(document);
  for (const NodeId id : survey.properties) reader.take(id);
  Claims claims = reader.claims();
  if (!survey.microformats.empty()) read_entry(document, survey.microformats.front(), claims);
  return claims;
}

}  // namespace tidings::extract
