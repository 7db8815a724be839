#include "extract/visible.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/strings.h"
#include "extract/date_in_text.h"
#include "extract/names.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::Node;
using html::NodeId;
using html::NodeKind;
using html::Tag;

constexpr std::size_t kTextBytesMax = 600;
constexpr std::size_t kBylineBytesMax = 240;
constexpr std::size_t kDateTextBytesMax = 160;
constexpr std::size_t kLinesLookedAt = 60;

std::string text_of(const Document& document, NodeId id) {
  return text::collapsed(html::text_content(document, id, kTextBytesMax));
}

// Addresses of people's pages on news sites.
bool is_author_address(std::string_view address) {
  for (const std::string_view part :
       {"/author/", "/authors/", "/by/", "/staff/", "/profile/", "/contributor", "/writers/",
        "/reporter", "/people/", "/journalist", "/autor/", "/autores/", "/auteur/", "/firmas/",
        "/redaktion/", "/author-"}) {
    if (address.find(part) != std::string_view::npos) return true;
  }
  return false;
}

class VisibleReader {
 public:
  VisibleReader(const Document& document, const std::vector<Measure>& measures,
                const Survey& survey, NodeId article)
      : document_(document), measures_(measures), survey_(survey), article_(article) {}

  Claims read() {
    heading_ = best_heading();
    if (heading_ != kNoNode) claims_.title = text_of(document_, heading_);
    read_authors();
    read_dates();
    return std::move(claims_);
  }

 private:
  // The last heading before the article's text, else the first.
  NodeId best_heading() const {
    NodeId best = kNoNode;
    for (const NodeId id : survey_.headings) {
      if (text_of(document_, id).empty() || measures_[id].is_hidden) continue;
      if (best == kNoNode || (article_ != kNoNode && id < article_)) best = id;
    }
    return best;
  }

  void read_authors() {
    const auto take = [&](NodeId id) {
      if (is_far(id)) return;
      const std::string text = text_of(document_, id);
      if (text.size() <= kBylineBytesMax && !names_in(text).empty())
        claims_.authors.push_back(text);
    };
    for (const NodeId id : survey_.author_links) take(id);
    if (!claims_.authors.empty()) return;
    for (const NodeId id : survey_.bylines) {
      if (!claims_.authors.empty()) return;
      if (!take_links_below(id)) take(id);
    }
    if (claims_.authors.empty()) read_authors_nearby();
  }

  bool take_links_below(NodeId id) {
    if (is_far(id) || measures_[id].chars > kTextBytesMax) return false;
    const std::size_t before = claims_.authors.size();
    for (NodeId at = id; at < document_[id].end; ++at) take_author_link(at);
    return claims_.authors.size() > before;
  }

  void take_author_link(NodeId id) {
    const Node& node = document_[id];
    if (node.tag != Tag::A || node.kind != NodeKind::Element) return;
    if (!is_author_address(html::attribute(node, "href"))) return;
    std::string text = text_of(document_, id);
    if (!names_in(text).empty() && text.size() <= kBylineBytesMax)
      claims_.authors.push_back(std::move(text));
  }

  // Around the headline and before the first long paragraph.
  template <class Look>
  void look_nearby(Look look) const {
    if (heading_ == kNoNode) return;
    const NodeId begin = heading_ > 40 ? heading_ - 40 : 1;
    std::size_t lines = 0, paragraphs = 0;
    for (NodeId id = begin; id < document_.size() && lines < kLinesLookedAt && paragraphs < 2;
         ++id) {
      const Measure& own = measures_[id];
      if (own.is_silent || own.is_hidden) continue;
      if (own.is_block && own.own_chars > 0) {
        ++lines;
        if (id > heading_ && own.own_chars > 250) ++paragraphs;
      }
      if (look(id)) return;
    }
  }

  void read_authors_nearby() {
    look_nearby([&](NodeId id) {
      take_author_link(id);
      return false;
    });
    if (!claims_.authors.empty()) return;
    look_nearby([&](NodeId id) {
      const Measure& own = measures_[id];
      if (!own.is_block || own.own_chars < 5 || own.chars > kBylineBytesMax) return false;
      std::string text = text_of(document_, id);
      if (!begins_with_by(text) || names_in(text).empty()) return false;
      claims_.authors.push_back(std::move(text));
      return true;
    });
  }

  // Further down than a byline stands: other articles, comments.
  bool is_far(NodeId id) const {
    return measures_[id].is_silent || (article_ != kNoNode && id > document_[article_].end);
  }

  // A <time> is a date by its own word; what is only named so may be anything.
  void read_dates() {
    for (const NodeId id : survey_.times) {
      if (is_far(id)) continue;
      const Node& node = document_[id];
      const std::string_view given = trim(html::attribute(node, "datetime"));
      if (!given.empty()) claims_.published = text::parse_zoned_date(given);
      if (!claims_.published) claims_.published = date_in_text(text_of(document_, id));
      if (claims_.published) return;
    }
    for (const NodeId id : survey_.dates) {
      if (is_far(id) || measures_[id].chars > kDateTextBytesMax) continue;
      claims_.published = date_in_text(text_of(document_, id));
      if (claims_.published) return;
    }
    look_nearby([&](NodeId id) {
      const Measure& own = measures_[id];
      const bool is_line = document_[id].kind == NodeKind::Text ? own.chars >= 8 : false;
      if (!is_line || own.chars > kDateTextBytesMax) return false;
      claims_.published = date_in_text(text::collapsed(document_[id].text));
      return claims_.published.has_value();
    });
  }

  const Document& document_;
  const std::vector<Measure>& measures_;
  const Survey& survey_;
  NodeId article_;
  NodeId heading_ = kNoNode;
  Claims claims_;
};

}  // namespace

Claims read_visible(const Document& document, const std::vector<Measure>& measures,
                    const Survey& survey, NodeId article) {
  return VisibleReader(document, measures, survey, article).read();
}

}  // namespace tidings::extract
