#include "extract/content.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "core/strings.h"
#include "extract/date_in_text.h"
#include "extract/evidence.h"
#include "extract/names.h"
#include "extract/phrases.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::Node;
using html::NodeId;
using html::NodeKind;
using html::Tag;

constexpr html::TagSet kListTags{Tag::Ul, Tag::Ol, Tag::Dl, Tag::Table};

constexpr int kWidenLevelsMax = 3;
constexpr float kWeak = 0.2F;

bool is_container(Tag tag) {
  return tag == Tag::Div || tag == Tag::Section || tag == Tag::Aside || tag == Tag::Header ||
         tag == Tag::Article || tag == Tag::Unknown;
}

double share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / whole;
}

// A post of a social network, quoted with its own markup: seen on the page, said by somebody else.
bool is_embedded_post(const Node& node) {
  if (node.tag != Tag::Blockquote) return false;
  const std::string_view names = html::attribute(node, "class");
  for (const std::string_view name : {"twitter-", "instagram-", "tiktok-", "bluesky-", "mastodon-",
                                      "text-post-media", "reddit-"}) {
    if (names.find(name) != std::string_view::npos) return true;
  }
  return false;
}

class ContentFinder {
 public:
  ContentFinder(const Document& document, const std::vector<Measure>& measures,
                const ContentHints& hints)
      : document_(document),
        measures_(measures),
        hints_(hints),
        prose_(document.size()),
        value_(document.size()),
        content_{.fates = std::vector<Fate>(document.size(), Fate::Keep)} {}

  Content find() {
    sum_prose();
    drop_furniture();
    for (const NodeId id : hints_.removed) fate(id) = Fate::Drop;
    sum_values();
    const NodeId body = find_body();
    if (body == kNoNode || value_[body] <= 0) return std::move(content_);
    root_ = widened(descend(body));
    keep_one_article();
    drop_weak_parts();
    find_preamble();
    prune(root_);
    content_.parts.push_back(root_);
    return std::move(content_);
  }

 private:
  Fate& fate(NodeId id) { return content_.fates[id]; }

  NodeId find_body() const {
    for (NodeId id = 1; id < document_.size(); ++id) {
      if (document_[id].tag == Tag::Body && document_[id].kind == NodeKind::Element) return id;
    }
    return document_.size() > 1 ? 0 : kNoNode;
  }

  bool is_prose(const Measure& block) const {
    return block.own_chars >= 40 && block.own_stops > 0 &&
           share(block.own_link_chars, block.own_chars) < 0.4;
  }

  void sum_prose() {
    for (NodeId id = 1; id < document_.size(); ++id) {
      const Measure& own = measures_[id];
      if (own.is_block && !own.is_silent && is_prose(own))
        prose_[id] = static_cast<float>(own.own_chars);
    }
    for (auto id = static_cast<NodeId>(document_.size()); id-- > 1;)
      prose_[document_[id].parent] += prose_[id];
  }

  // What is named like furniture is furniture, unless most of what there is to read stands in it.
  void drop_furniture() {
    const float all = prose_[0];
    for (NodeId id = 1; id < document_.size();) {
      const Measure& own = measures_[id];
      const Node& node = document_[id];
      bool drops = own.is_silent;
      if (!drops && node.kind == NodeKind::Element && node.tag != Tag::Body &&
          node.tag != Tag::Html) {
        if (own.is_hidden || own.hint == Hint::Chrome)
          drops = prose_[id] < 0.5F * all && !(prose_[id] > 0.15F * all && holds_body(id));
        if (own.hint == Hint::Comments) drops = prose_[id] < all - 200;
        if (node.tag == Tag::Aside || node.tag == Tag::Form)
          drops = drops || prose_[id] < 0.3F * all;
      }
      if (drops) {
        fate(id) = Fate::Drop;
        id = node.end;
      } else {
        ++id;
      }
    }
  }

  bool holds_body(NodeId id) const {
    for (NodeId at = id + 1; at < document_[id].end; ++at) {
      if (measures_[at].hint == Hint::Body && prose_[at] > 0.7F * prose_[id]) return true;
    }
    return false;
  }

  double value_of_block(NodeId id) const {
    const Measure& own = measures_[id];
    if (own.own_chars == 0) return 0;
    const Tag tag = document_[id].tag;
    if (is_heading(tag)) return 0;
    const double chars = own.own_chars;
    const double links = share(own.own_link_chars, own.own_chars);
    if (links > 0.5) return 0;
    double value = chars * (1 - 2 * links);
    if (own.own_stops == 0) value *= 0.2;
    if (chars < 40) value *= 0.3;
    if (chars > 120) value *= 1.3;
    switch (tag) {
      case Tag::P:
      case Tag::Blockquote:
      case Tag::Pre:
        return value * 1.3;
      case Tag::Li:
      case Tag::Td:
      case Tag::Dd:
        return value * 0.6;
      case Tag::Figcaption:
        return 0;
      default:
        return value;
    }
  }

  void sum_values() {
    for (NodeId id = 1; id < document_.size();) {
      if (fate(id) == Fate::Drop) {
        id = document_[id].end;
        continue;
      }
      if (measures_[id].is_block) value_[id] = static_cast<float>(value_of_block(id));
      ++id;
    }
    weigh_evidence();
    for (auto id = static_cast<NodeId>(document_.size()); id-- > 1;)
      value_[document_[id].parent] += value_[id];
  }

  // Where the page's metadata have the article's text, the blocks that repeat it are the article.
  void weigh_evidence() {
    const Evidence evidence(hints_.body);
    if (!evidence.is_usable()) return;
    std::vector<bool> is_confirmed(document_.size());
    std::size_t bytes = 0;
    for (NodeId id = 1; id < document_.size(); ++id) {
      if (value_[id] <= 0 || measures_[id].own_chars < 40) continue;
      const std::string essence = essence_of(html::text_content(document_, id, 20'000));
      const std::size_t confirmed = evidence.confirmed_bytes(essence);
      is_confirmed[id] = confirmed * 2 > essence.size();
      if (is_confirmed[id]) bytes += confirmed;
    }
    if (bytes * 3 < evidence.essence_bytes()) return;
    for (NodeId id = 1; id < document_.size(); ++id) {
      if (is_confirmed[id]) value_[id] *= 4;
    }
  }

  NodeId best_child(NodeId id) const {
    NodeId best = kNoNode;
    for (NodeId child = html::first_child(document_, id); child != kNoNode;
         child = document_[child].next_sibling) {
      if (content_.fates[child] == Fate::Drop) continue;
      if (best == kNoNode || value_[child] > value_[best]) best = child;
    }
    return best;
  }

  bool has_block_children(NodeId id) const {
    for (NodeId at = id + 1; at < document_[id].end; ++at) {
      if (measures_[at].is_block && measures_[at].chars > 0) return true;
    }
    return false;
  }

  NodeId descend(NodeId node) const {
    while (true) {
      const NodeId child = best_child(node);
      if (child == kNoNode || !has_block_children(child)) return node;
      const Hint hint = measures_[child].hint;
      const bool is_marked = hint == Hint::Body || document_[child].tag == Tag::Article ||
                             document_[child].tag == Tag::Main;
      if (value_[child] < (is_marked ? 0.6F : 0.75F) * value_[node]) return node;
      node = child;
    }
  }

  // An article in two or three parts, with something else between them: the root becomes what holds
  // them, and the rest of it goes.
  NodeId widened(NodeId root) {
    NodeId inner = root;
    for (int level = 0; level < kWidenLevelsMax; ++level) {
      const NodeId parent = document_[inner].parent;
      if (parent == kNoNode || parent == 0 || document_[parent].tag == Tag::Body) return root;
      if (has_other_part(parent, inner)) {
        drop_other_parts(parent, inner);
        root = parent;
      } else if (!has_only_child_like(parent, inner)) {
        return root;
      }
      inner = parent;
    }
    return root;
  }

  bool has_other_part(NodeId parent, NodeId root) const {
    for (NodeId child = html::first_child(document_, parent); child != kNoNode;
         child = document_[child].next_sibling) {
      if (child != root && is_part(child, root)) return true;
    }
    return false;
  }

  void drop_other_parts(NodeId parent, NodeId root) {
    for (NodeId child = html::first_child(document_, parent); child != kNoNode;
         child = document_[child].next_sibling) {
      if (child != root && is_container(document_[child].tag) && !is_part(child, root))
        fate(child) = Fate::Drop;
    }
  }

  // Nothing else to read in the parent: looking one level higher costs nothing.
  bool has_only_child_like(NodeId parent, NodeId root) const {
    return value_[parent] <= value_[root] * 1.001F &&
           measures_[parent].chars < measures_[root].chars + 200;
  }

  bool is_part(NodeId id, NodeId root) const {
    const Node& node = document_[id];
    const Measure& own = measures_[id];
    if (node.kind != NodeKind::Element || content_.fates[id] == Fate::Drop) return false;
    if (prose_[id] < 120 || prose_[id] < 0.6F * static_cast<float>(own.chars)) return false;
    if (share(own.link_chars, own.chars) > 0.25) return false;
    const std::string_view names = html::attribute(document_[root], "class");
    return own.hint == Hint::Body || node.tag == Tag::P || holds_body(id) ||
           (!names.empty() && html::attribute(node, "class") == names);
  }

  // Pages that go on with the next article when one scrolls hold several, made alike, each under
  // its headline: the one under this page's headline is meant. The updates of a live blog stand
  // under headlines of their own, none of which is the page's.
  void keep_one_article() {
    const std::string title = essence_of(hints_.title);
    if (title.size() < 10) return;
    std::unordered_map<NodeId, std::vector<NodeId>> by_parent;
    for (NodeId id = root_; id < document_[root_].end; ++id) {
      if (document_[id].tag == Tag::Article && fate(id) != Fate::Drop && value_[id] > 0)
        by_parent[document_[id].parent].push_back(id);
    }
    for (const auto& [parent, articles] : by_parent) {
      if (articles.size() < 2) continue;
      const auto own = std::find_if(articles.begin(), articles.end(),
                                    [&](NodeId id) { return is_headed(id, title); });
      if (own == articles.end()) continue;
      for (const NodeId id : articles) {
        if (id != *own) fate(id) = Fate::Drop;
      }
    }
  }

  bool is_headed(NodeId article, const std::string& title_essence) const {
    for (NodeId id = article + 1; id < document_[article].end; ++id) {
      if (!is_heading(document_[id].tag)) continue;
      const std::string heading = essence_of(html::text_content(document_, id, 1'000));
      if (heading.size() >= 10 && (heading == title_essence || title_essence.starts_with(heading)))
        return true;
    }
    return false;
  }

  // Where one part holds much of the article, small parts beside it that are made differently are
  // something else.
  void drop_weak_parts() {
    const NodeId best = best_child(root_);
    if (best == kNoNode || value_[best] < 0.5F * value_[root_]) return;
    const std::string_view names = html::attribute(document_[best], "class");
    for (NodeId child = html::first_child(document_, root_); child != kNoNode;
         child = document_[child].next_sibling) {
      const Node& node = document_[child];
      if (child == best || node.kind != NodeKind::Element || !is_container(node.tag)) continue;
      if (!names.empty() && html::attribute(node, "class") == names) continue;
      if (value_[child] < kWeak * value_[best]) fate(child) = Fate::Drop;
    }
  }

  // A standfirst stands between the headline and the text: it repeats the page's description, or it
  // is named for what it is, or it follows the headline at once.
  void find_preamble() {
    const NodeId heading = last_heading_before(root_);
    if (heading == kNoNode) return;
    const std::string description = essence_of(hints_.description.substr(0, 400));
    NodeId previous_end = document_[heading].end;
    for (NodeId id = document_[heading].end; id < root_ && content_.parts.size() < 8;) {
      const Measure& own = measures_[id];
      if (fate(id) == Fate::Drop || own.hint == Hint::Caption || own.hint == Hint::Byline) {
        id = document_[id].end;
        continue;
      }
      if (own.is_block && own.own_chars >= 30 && own.own_chars <= 700 &&
          share(own.own_link_chars, own.own_chars) < 0.5) {
        const std::string text = text::collapsed(html::text_content(document_, id, 3'000));
        const std::string essence = essence_of(text);
        const bool repeats = description.size() >= 20 && essence.size() >= 20 &&
                             (description.starts_with(essence.substr(0, 60)) ||
                              essence.starts_with(description.substr(0, 60)));
        const bool is_named = is_standfirst(id);
        const bool follows = id < previous_end + 4 && own.own_stops > 0 && !holds_time(id);
        if ((repeats || is_named || follows) && !is_furniture_line(text)) {
          content_.parts.push_back(id);
          id = document_[id].end;
          continue;
        }
      }
      ++id;
    }
  }

  bool holds_time(NodeId id) const {
    for (NodeId at = id; at < document_[id].end; ++at) {
      if (document_[at].tag == Tag::Time) return true;
    }
    return false;
  }

  NodeId last_heading_before(NodeId root) const {
    NodeId found = kNoNode;
    for (NodeId id = 1; id < root; ++id) {
      if (document_[id].tag == Tag::H1 && document_[id].end <= root) found = id;
    }
    return found;
  }

  // The element itself or one of the few around it.
  bool is_standfirst(NodeId id) const {
    for (int up = 0; up < 6 && id != kNoNode; ++up, id = document_[id].parent) {
      if (is_named_standfirst(document_[id])) return true;
    }
    return false;
  }

  // Before the first paragraph: "By Ana Ruiz", "14 May 2024".
  void drop_bylines(NodeId root) {
    for (NodeId id = root + 1; id < document_[root].end;) {
      const Measure& own = measures_[id];
      if (own.is_block && is_prose(own)) return;
      if (fate(id) != Fate::Drop && own.chars > 0 && own.chars <= 120 && is_byline(id))
        fate(id) = Fate::Drop;
      id = fate(id) == Fate::Drop ? document_[id].end : id + 1;
    }
  }

  bool is_byline(NodeId id) const {
    if (document_[id].kind != NodeKind::Element) return false;
    if (document_[id].tag == Tag::Time) return true;
    if (!measures_[id].is_block || is_heading(document_[id].tag)) return false;
    const std::string text = text::collapsed(html::text_content(document_, id, 400));
    if (begins_with_by(text) && !names_in(text).empty()) return true;
    return measures_[id].chars <= 80 && date_in_text(text).has_value();
  }

  void prune(NodeId root) {
    drop_bylines(root);
    for (NodeId id = root + 1; id < document_[root].end;) {
      if (fate(id) != Fate::Drop && document_[id].kind == NodeKind::Element && should_drop(id))
        fate(id) = Fate::Drop;
      if (fate(id) == Fate::Drop) {
        id = document_[id].end;
        continue;
      }
      if (is_embedded_post(document_[id]) ||
          (measures_[id].hint == Hint::Caption && measures_[id].chars < 600)) {
        fate(id) = Fate::Caption;
        id = document_[id].end;
        continue;
      }
      ++id;
    }
  }

  bool should_drop(NodeId id) const {
    const Measure& own = measures_[id];
    const Node& node = document_[id];
    if (own.chars == 0) return false;
    const double links = share(own.link_chars, own.chars);
    if (node.tag == Tag::H1) return true;
    if (!own.is_block) return false;
    if (own.own_chars > 0 && own.chars <= 320 &&
        is_furniture_line(text::collapsed(html::text_content(document_, id, 400))))
      return true;
    if (own.hint == Hint::Byline && own.chars < 250) return true;
    if (kListTags.contains(node.tag) && links > 0.6) return true;
    if (node.tag == Tag::P && links > 0.9 && own.stops < 3) return true;
    const bool contains = is_container(node.tag);
    if (contains && links > 0.6) return true;
    if (contains && value_[id] <= 0 && own.stops == 0) return true;
    return false;
  }

  const Document& document_;
  const std::vector<Measure>& measures_;
  const ContentHints& hints_;
  std::vector<float> prose_;
  std::vector<float> value_;
  NodeId root_ = kNoNode;
  Content content_;
};

}  // namespace

Content content_of(const Document& document, const std::vector<Measure>& measures,
                   std::span<const NodeId> roots, std::span<const NodeId> removed) {
  Content content{.fates = std::vector<Fate>(document.size(), Fate::Keep)};
  NodeId end = 0;
  for (const NodeId root : roots) {
    if (root < end) continue;  // within the one before
    content.parts.push_back(root);
    end = document[root].end;
  }
  for (NodeId id = 1; id < document.size(); ++id) {
    if (measures[id].is_silent) content.fates[id] = Fate::Drop;
    if (measures[id].hint == Hint::Caption) content.fates[id] = Fate::Caption;
  }
  for (const NodeId id : removed) content.fates[id] = Fate::Drop;
  return content;
}

Content find_content(const Document& document, const std::vector<Measure>& measures,
                     const ContentHints& hints) {
  return ContentFinder(document, measures, hints).find();
}

}  // namespace tidings::extract
