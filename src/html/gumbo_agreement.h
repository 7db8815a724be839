// Where gumbo and our parser must agree, for tests and the differential fuzz target.
//
// Gumbo 0.10 follows the standard as of 2015 and has mistakes of its own. Where it differs, the
// standard as of 2024 says:
// * §13.2.3.5: control characters stay. Gumbo makes U+0080 to U+009F U+FFFD.
// * §13.2.4.2: <main> is special. A scope is asked for one tag: to gumbo, </object> is in scope of
// an
//   <applet>. Unknown elements differ by name: to gumbo, any unknown end tag ends any of them.
// * §13.2.5.7: "</>" is nothing. Gumbo takes it for the beginning of the next tag.
// * §13.2.5.33: an attribute that comes twice is dropped. Gumbo puts its name before the next
// one's.
// * §13.2.6.4.3: white space behind <html> is nothing. Behind a second one gumbo keeps it.
// * §13.2.4.1: the mode is reset by elements of HTML. Gumbo takes SVG's <html> or <tbody> for one.
// * §13.2.6.1: characters join the text before them, before a table too, and are inserted where
// they
//   stand. Gumbo keeps those before </form> until the form is closed.
// * §13.2.6.4.7: <menuitem> and <isindex> are unknown, <dialog> is a block; white space reopens
//   formatting elements.
// * §13.2.6.4.7, adoption agency, step 4.13: beyond the third, elements between the formatting
// element
//   and the block leave the stack. Gumbo stops at the third. And an <a> that eight rounds left
//   behind stays: gumbo removes it.
// * §13.2.6.4.1: public identifiers are compared by how they begin. Gumbo misses some.
// * §13.2.6.4.7: an end tag whose element is open, but listed before a marker, ends it. Gumbo keeps
// it.
// * §13.2.6.4.9: a text inside a table goes where the current node says.
// * §13.2.6.4.16: <hr> may stand in <select>.
// * §13.2.6.5: an end tag with attributes ends an element of SVG all the same; </p> and </br> end
//   foreign content, and so do tags of HTML when a fragment is parsed. Gumbo's </form> does not end
//   what is foreign in a form in a template.
// Pieces of markup that touch these are left out of the grammars below; real pages are compared
// whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/strings.h"
#include "html/gumbo_peer.h"
#include "html/special_tags.h"
#include "html/tree_dump.h"

namespace tidings::html {

// A tree with its texts joined; and, with `places_texts` false, without the depth of the texts.
inline std::string comparable(const Document& document, bool places_texts) {
  std::string out;
  std::string text;
  std::size_t text_depth = 0;
  std::vector<std::size_t> depths(document.size());
  const auto flush = [&out, &text, &text_depth, places_texts] {
    if (text.empty()) return;
    out.append(places_texts ? 2 * text_depth : 0, ' ').append("\"").append(text).append("\"\n");
    text.clear();
  };
  for (NodeId id = 1; id < document.size(); ++id) {
    const Node& node = document[id];
    depths[id] = depths[node.parent] + 1;
    if (node.kind == NodeKind::Text) {
      if (places_texts && depths[id] != text_depth) flush();
      text_depth = depths[id];
      text += node.text;
      continue;
    }
    flush();
    out.append(2 * depths[id], ' ');
    append_node_line(out, node);
  }
  flush();
  return out;
}

// Empty when both read the text alike, else what each made of it.
inline std::string disagreement(std::string_view html, ParseScope scope) {
  const ParseLimits limits{.bytes_max = SIZE_MAX, .depth_max = 2000};
  const bool places_texts = to_lower(html).find("</form") == std::string::npos;
  const Document ours = scope == ParseScope::Page ? Document::parse(html, limits)
                                                  : Document::parse_fragment(html, limits);
  const std::string mine = comparable(ours, places_texts);
  const std::string peers = comparable(parse_with_gumbo(html, limits, scope), places_texts);
  if (mine == peers) return {};
  std::size_t at = 0;
  while (at < mine.size() && at < peers.size() && mine[at] == peers[at]) ++at;
  const std::size_t begin = at < 400 ? 0 : at - 400;
  return "ours …" + mine.substr(begin, 800) + "\ngumbo …" + peers.substr(begin, 800);
}

// Pieces that a text may be put together from.
struct Grammar {
  ParseScope scope;
  std::vector<std::string> pieces;

  // Whether so few elements can be open that the adoption agency ends where gumbo thinks it does.
  bool is_small(std::string_view bytes) const {
    std::size_t blocks = 0;
    std::size_t others = 0;
    for (const char byte : bytes) {
      const std::string& piece = pieces[static_cast<unsigned char>(byte) % pieces.size()];
      if (piece.size() < 2 || piece[0] != '<' || !is_alpha(piece[1])) continue;
      const std::string_view name =
          std::string_view(piece).substr(1, piece.find_first_of("> /", 1) - 1);
      ++(kSpecialTags.contains(tag_of(name)) ? blocks : others);
    }
    return blocks < 8 && others < 5;
  }

  // A piece for each byte.
  std::string text(std::string_view bytes) const {
    std::string html;
    for (const char byte : bytes) html += pieces[static_cast<unsigned char>(byte) % pieces.size()];
    return html;
  }
};

// The last two, with foreign content, hold for texts of some size: a search finds where gumbo
// forgets which elements of SVG and MathML are special (§13.2.4.2).
inline constexpr std::size_t kGrammarsWithoutForeign = 4;

inline const std::vector<Grammar>& grammars() {
  const auto make = [](ParseScope scope, std::string_view elements, std::string_view others) {
    Grammar grammar{.scope = scope, .pieces = {}};
    for (const std::string_view name : split(elements, ' ')) {
      grammar.pieces.push_back("<" + std::string(name) + ">");
      grammar.pieces.push_back("</" + std::string(name) + ">");
    }
    for (const std::string_view other : split(others, '~')) grammar.pieces.emplace_back(other);
    return grammar;
  };
  static constexpr std::string_view kInline =
      "a b i nobr font em strong span code object ruby rb rt rtc rp option optgroup button "
      "iframe noembed noscript textarea xmp script style title img image input embed wbr keygen";
  static constexpr std::string_view kBlocks =
      " div li ul ol dd dt dl h1 h2 pre listing section center address meta link base";
  static constexpr std::string_view kTables =
      " table tr td th tbody thead tfoot caption colgroup col";
  static constexpr std::string_view kDocument = " head body frameset frame noframes";
  static constexpr std::string_view kHtml = " html";
  static constexpr std::string_view kModes = " select";
  static constexpr std::string_view kTemplate = " template";
  static constexpr std::string_view kDocumentOthers = "~<body a=b>";
  static constexpr std::string_view kForeign =
      " svg math mi mo annotation-xml foreignObject desc mglyph malignmark";
  static constexpr std::string_view kOthers =
      "<input type=hidden>~<font color=x>~<b class=x>~<a href=y>~<div/>~text~x y"
      "~&amp;~&notit;~&#x80;~< ~<p>";
  static constexpr std::string_view kBlanks = " ~\n~ \n ~\tz~\r\n";
  static const std::vector<Grammar> all = [&make] {
    const auto joined = [](auto... parts) { return (std::string(parts) + ...); };
    return std::vector<Grammar>{
        make(ParseScope::BodyFragment, joined(kInline, kBlocks, kModes, kTables, kDocument, kHtml),
             joined(kOthers, kDocumentOthers)),
        make(ParseScope::BodyFragment, joined(kInline, kBlocks, kModes, kTemplate, kDocument),
             joined(kOthers, "~<!--c-->~<!-->~</3>~<?pi>~<![CDATA[x]]>~", kBlanks)),
        make(ParseScope::Page, joined(kInline, kBlocks, kModes, kTables, kDocument, kHtml),
             joined(kOthers, kDocumentOthers)),
        make(ParseScope::Page, joined(kInline, kBlocks, kModes, kTemplate, kDocument),
             joined(kOthers, kDocumentOthers, "~", kBlanks)),
        make(ParseScope::Page, joined(kInline, kBlocks, " table", kForeign),
             joined(kOthers, "~<svg/>~<mi/>~<annotation-xml encoding=text/html>~<!DOCTYPE html>")),
        make(ParseScope::Page, joined(kInline, kBlocks, kForeign),
             joined(kOthers, "~<svg/>~<mi/>~<![CDATA[x]]>~", kBlanks))};
  }();
  return all;
}

}  // namespace tidings::html
