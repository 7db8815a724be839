#include "extract/content_writer.h"

#include <string_view>

#include "core/strings.h"
#include "text/html_entities.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::Node;
using html::NodeId;
using html::NodeKind;
using html::Tag;

constexpr html::TagSet kUnwrappedTags{Tag::Html, Tag::Body, Tag::Font,    Tag::Center,
                                      Tag::Form, Tag::Main, Tag::Unknown, Tag::Noscript};
constexpr std::string_view kKeptAttributes[] = {
    "href",   "src",      "srcset", "alt", "title", "cite",   "datetime", "colspan", "rowspan",
    "poster", "controls", "lang",   "dir", "width", "height", "type",     "start"};

class ContentWriter {
 public:
  ContentWriter(const Document& document, const std::vector<Measure>& measures,
                const Content& content, std::size_t bytes_max)
      : document_(document), measures_(measures), content_(content), bytes_max_(bytes_max) {}

  WrittenContent write() {
    for (const NodeId part : content_.parts) write_part(part);
    return std::move(written_);
  }

 private:
  void write_part(NodeId root) {
    const NodeId end = document_[root].end;
    for (NodeId id = root; id < end;) {
      close_until(id);
      const Fate fate = content_.fates[id];
      if (fate == Fate::Drop || written_.html.size() > bytes_max_) {
        id = document_[id].end;
        continue;
      }
      if (fate == Fate::Caption && caption_end_ <= id) caption_end_ = document_[id].end;
      open(id);
      ++id;
    }
    close_until(end);
    end_line();
  }

  void open(NodeId id) {
    const Node& node = document_[id];
    if (node.kind == NodeKind::Text) return text(node.text, id);
    if (node.kind != NodeKind::Element) return;
    if (node.tag == Tag::Br) {
      end_line();
      written_.html += "<br>";
      return;
    }
    if (measures_[id].is_block) end_line();
    if (!kUnwrappedTags.contains(node.tag)) write_tag(node);
    if (node.end > id + 1 || !html::kVoidTags.contains(node.tag)) open_.push_back(id);
  }

  void close_until(NodeId id) {
    while (!open_.empty() && document_[open_.back()].end <= id) {
      const Node& node = document_[open_.back()];
      if (measures_[open_.back()].is_block) end_line();
      if (!kUnwrappedTags.contains(node.tag) && !html::kVoidTags.contains(node.tag)) {
        written_.html += "</";
        written_.html += node.name;
        written_.html += '>';
      }
      open_.pop_back();
    }
  }

  // Pictures that scripts load when they are scrolled to keep their address elsewhere.
  static std::string_view late_address(const Node& node) {
    if (node.tag != Tag::Img) return {};
    const std::string_view source = html::attribute(node, "src");
    if (!source.empty() && !source.starts_with("data:")) return {};
    for (const char* name : {"data-src", "data-original", "data-lazy-src", "data-url"}) {
      if (const std::string_view late = html::attribute(node, name); !late.empty()) return late;
    }
    return {};
  }

  void write_tag(const Node& node) {
    written_.html += '<';
    written_.html += node.name;
    const std::string_view late = late_address(node);
    if (!late.empty()) {
      written_.html += " src=\"";
      text::append_escaped_html(written_.html, late);
      written_.html += '"';
    }
    for (const html::Attribute& given : node.attributes) {
      if (!late.empty() && given.name == "src") continue;
      bool is_kept = false;
      for (const std::string_view name : kKeptAttributes) is_kept = is_kept || name == given.name;
      if (!is_kept) continue;
      written_.html += ' ';
      written_.html += given.name;
      written_.html += "=\"";
      text::append_escaped_html(written_.html, given.value);
      written_.html += '"';
    }
    written_.html += '>';
  }

  void text(std::string_view text, NodeId id) {
    text::append_escaped_html(written_.html, text);
    if (id < caption_end_) return;
    // White space collapses over the borders of inline elements.
    for (const char c : text) {
      if (is_space(c)) {
        owes_space_ = true;
        continue;
      }
      if (owes_space_ && !is_line_start_) written_.text += ' ';
      owes_space_ = false;
      if (is_line_start_ && !written_.text.empty()) written_.text += '\n';
      is_line_start_ = false;
      written_.text += c;
    }
  }

  void end_line() {
    is_line_start_ = true;
    owes_space_ = false;
  }

  const Document& document_;
  const std::vector<Measure>& measures_;
  const Content& content_;
  std::size_t bytes_max_;
  WrittenContent written_;
  std::vector<NodeId> open_;
  NodeId caption_end_ = 0;
  bool is_line_start_ = true;
  bool owes_space_ = false;
};

}  // namespace

WrittenContent write_content(const Document& document, const std::vector<Measure>& measures,
                             const Content& content, std::size_t bytes_max) {
  return ContentWriter(document, measures, content, bytes_max).write();
}

}  // namespace tidings::extract
