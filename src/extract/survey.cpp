#include "extract/survey.h"

#include <algorithm>

#include "core/strings.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::Node;
using html::NodeId;
using html::NodeKind;
using html::Tag;

constexpr std::size_t kStateBytesMin = 500;  // shorter scripts hold no article
constexpr std::size_t kNameBytesMax = 256;

void add(std::vector<NodeId>& places, NodeId id) {
  if (places.size() < kPlacesMax) places.push_back(id);
}

bool icontains(std::string_view text, std::string_view lower) {
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     [](char a, char b) { return to_lower(a) == b; }) != text.end();
}

class Surveyor {
 public:
  explicit Surveyor(const Document& document) : document_(document) {}

  Survey run() {
    for (NodeId id = 1; id < document_.size(); ++id) {
      const Node& node = document_[id];
      if (node.kind != NodeKind::Element || node.space != html::Space::Html) continue;
      look_at_tag(node, id);
      look_at_attributes(node, id);
    }
    return std::move(found_);
  }

 private:
  void look_at_tag(const Node& node, NodeId id) {
    const auto take_first = [id](NodeId& place) {
      if (place == html::kNoNode) place = id;
    };
    switch (node.tag) {
      case Tag::Html:
        return take_first(found_.html);
      case Tag::Body:
        return take_first(found_.body);
      case Tag::Title:
        return take_first(found_.title);
      case Tag::Base:
        return take_first(found_.base);
      case Tag::Meta:
        return add(found_.metas, id);
      case Tag::Link:
        return add(found_.links, id);
      case Tag::Time:
        return add(found_.times, id);
      case Tag::H1:
        return add(found_.headings, id);
      case Tag::Script:
        return look_at_script(node, id);
      default:
        return;
    }
  }

  void look_at_script(const Node& node, NodeId id) {
    if (node.end <= id + 1) return;
    const std::string_view text = document_[id + 1].text;
    const std::string_view type = html::attribute(node, "type");
    if (icontains(type, "ld+json")) {
      if (found_.json_ld.size() < kPlacesMax) found_.json_ld.push_back(text);
    } else if (text.size() >= kStateBytesMin && found_.scripts.size() < kPlacesMax) {
      found_.scripts.push_back(text);
    }
  }

  void look_at_attributes(const Node& node, NodeId id) {
    for (const html::Attribute& given : node.attributes) {
      if (given.name == "itemprop") {
        add(found_.properties, id);
      } else if (given.name == "rel") {
        if (icontains(given.value.substr(0, kNameBytesMax), "author") && node.tag == Tag::A)
          add(found_.author_links, id);
      } else if (given.name == "class" || given.name == "id" || given.name == "data-testid") {
        look_at_name(given.value.substr(0, kNameBytesMax), id);
      }
    }
  }

  void look_at_name(std::string_view name, NodeId id) {
    if (node_is_done(found_.bylines, id) || node_is_done(found_.dates, id)) return;
    if (icontains(name, "byline") || icontains(name, "author")) {
      add(found_.bylines, id);
    } else if (icontains(name, "date") || icontains(name, "time") || icontains(name, "publish")) {
      add(found_.dates, id);
    }
    if (html::has_word(document_[id], "class", "h-entry") ||
        html::has_word(document_[id], "class", "hentry"))
      add(found_.microformats, id);
  }

  static bool node_is_done(const std::vector<NodeId>& places, NodeId id) {
    return !places.empty() && places.back() == id;
  }

  const Document& document_;
  Survey found_;
};

}  // namespace

Survey survey(const Document& document) {
  return Surveyor(document).run();
}

}  // namespace tidings::extract
