#include "extract/outline.h"

#include <string_view>

#include "core/strings.h"

namespace tidings::extract {
namespace {

using html::Document;
using html::Node;
using html::NodeId;
using html::NodeKind;
using html::Tag;

// Elements that do not part a line of text.
constexpr html::TagSet kInlineTags{
    Tag::A,    Tag::Abbr,  Tag::Acronym, Tag::B,      Tag::Bdi,    Tag::Bdo,  Tag::Big,
    Tag::Br,   Tag::Cite,  Tag::Code,    Tag::Data,   Tag::Del,    Tag::Dfn,  Tag::Em,
    Tag::Font, Tag::I,     Tag::Ins,     Tag::Kbd,    Tag::Label,  Tag::Mark, Tag::Nobr,
    Tag::Q,    Tag::Rb,    Tag::Rp,      Tag::Rt,     Tag::Rtc,    Tag::Ruby, Tag::S,
    Tag::Samp, Tag::Small, Tag::Span,    Tag::Strike, Tag::Strong, Tag::Sub,  Tag::Sup,
    Tag::Time, Tag::Tt,    Tag::U,       Tag::Var,    Tag::Wbr,    Tag::Img,  Tag::Slot};

constexpr html::TagSet kSilentTags{
    Tag::Script, Tag::Style,    Tag::Template, Tag::Textarea, Tag::Select, Tag::Option,
    Tag::Button, Tag::Input,    Tag::Head,     Tag::Object,   Tag::Canvas, Tag::Datalist,
    Tag::Iframe, Tag::Noframes, Tag::Noembed,  Tag::Title,    Tag::Map,    Tag::Progress,
    Tag::Meter,  Tag::Audio,    Tag::Video,    Tag::Svg,      Tag::Math};

bool is_block_element(const Node& node) {
  if (node.tag != Tag::Unknown) return !kInlineTags.contains(node.tag);
  // Custom elements have a hyphen and are containers; other unknown ones mark words up.
  return node.name.find('-') != std::string_view::npos;
}

struct Count {
  std::uint32_t chars = 0, stops = 0;
};

// White space counts once. The three-byte characters from U+3000 on (Chinese, Japanese, Korean) say
// about as much as two to three Latin letters each.
Count count_of(std::string_view text) {
  Count count;
  bool was_space = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80 && c < 0xC0) continue;
    if (c <= ' ') {
      if (!was_space) ++count.chars;
      was_space = true;
      continue;
    }
    was_space = false;
    ++count.chars;
    if (c < 0x80) {
      if (c == ',' || c == '.' || c == '!' || c == '?' || c == ';') ++count.stops;
    } else if (c >= 0xE3 && c <= 0xED) {
      ++count.chars;
      // 、 。 and in the full-width forms ， ！ ？ ； (U+3001, U+3002, U+FF0C …).
      if (c == 0xE3 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 &&
          (static_cast<unsigned char>(text[i + 2]) == 0x81 ||
           static_cast<unsigned char>(text[i + 2]) == 0x82))
        ++count.stops;
    } else if (c == 0xEF && i + 2 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) == 0xBC) {
      ++count.chars;
      ++count.stops;
    } else if (c == 0xD8 || c == 0xDB) {  // ، ؛ ؟ and ۔ of Arabic and Urdu
      const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
      if ((c == 0xD8 && (next == 0x8C || next == 0x9B || next == 0x9F)) ||
          (c == 0xDB && next == 0x94))
        ++count.stops;
    } else if (c == 0xE0 && i + 2 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) == 0xA5 &&
               static_cast<unsigned char>(text[i + 2]) == 0xA4) {
      ++count.stops;  // the danda of Hindi and its kin
    }
  }
  if (was_space && count.chars > 0) --count.chars;
  return count;
}

void measure_element(const Node& node, const Measure& parent, NodeId id, Measure& own) {
  own.is_block = is_block_element(node);
  own.block = own.is_block ? id : parent.block;
  own.is_silent =
      parent.is_silent || node.space != html::Space::Html || kSilentTags.contains(node.tag);
  own.is_in_link = parent.is_in_link || node.tag == Tag::A;
  if (own.is_silent) return;
  own.hint = hint_of(node);
  own.is_hidden = parent.is_hidden || is_hidden(node);
}

void measure_text(const Node& node, const Measure& parent, Measure& own,
                  std::vector<Measure>& all) {
  own.block = parent.block;
  own.is_in_link = parent.is_in_link;
  own.is_silent = parent.is_silent;
  own.is_hidden = parent.is_hidden;
  if (own.is_silent) return;
  const Count count = count_of(node.text);
  own.chars = count.chars;
  own.stops = count.stops;
  if (own.is_in_link) own.link_chars = count.chars;
  if (own.block == html::kNoNode) return;
  Measure& block = all[own.block];
  block.own_chars += count.chars;
  block.own_stops += count.stops;
  if (own.is_in_link) block.own_link_chars += count.chars;
}

}  // namespace

bool is_heading(Tag tag) {
  return tag >= Tag::H1 && tag <= Tag::H6;
}

std::vector<Measure> measure(const Document& document) {
  std::vector<Measure> all(document.size());
  for (NodeId id = 1; id < document.size(); ++id) {
    const Node& node = document[id];
    const Measure parent = all[node.parent];
    if (node.kind == NodeKind::Element) {
      measure_element(node, parent, id, all[id]);
    } else if (node.kind == NodeKind::Text) {
      measure_text(node, parent, all[id], all);
    } else {
      all[id].is_silent = true;
    }
  }
  for (NodeId id = static_cast<NodeId>(document.size()); id-- > 1;) {
    Measure& parent = all[document[id].parent];
    parent.chars += all[id].chars;
    parent.link_chars += all[id].link_chars;
    parent.stops += all[id].stops;
  }
  return all;
}

}  // namespace tidings::extract
