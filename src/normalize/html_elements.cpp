#include "normalize/html_elements.h"

#include <array>
#include <cstddef>
#include <iterator>

namespace tidings::normalize {
namespace {

constexpr auto Keep = Action::Keep;
constexpr auto Unwrap = Action::Unwrap;
constexpr auto Drop = Action::Drop;

constexpr Element kept(std::string_view name, Syntax syntax, std::uint32_t attributes = 0) {
  const bool breaks = syntax == Syntax::Block || syntax == Syntax::Paragraph ||
                      syntax == Syntax::Heading || syntax == Syntax::ListItem ||
                      syntax == Syntax::DescriptionItem || syntax == Syntax::Preformatted ||
                      syntax == Syntax::VoidBlock || syntax == Syntax::Table ||
                      syntax == Syntax::TableSection || syntax == Syntax::TableRow;
  return {.name = name,
          .action = Keep,
          .syntax = syntax,
          .is_void = syntax == Syntax::VoidInline || syntax == Syntax::VoidBlock,
          .breaks_text = breaks,
          .attributes = attributes};
}

constexpr Element renamed(std::string_view name, Syntax syntax, std::string_view written_as) {
  Element element = kept(name, syntax);
  element.written_as = written_as;
  return element;
}

constexpr Element block(std::string_view name) {
  return kept(name, Syntax::Block);
}
constexpr Element phrase(std::string_view name, std::uint32_t attributes = 0) {
  return kept(name, Syntax::Phrasing, attributes);
}
constexpr Element format(std::string_view name) {
  return kept(name, Syntax::Formatting);
}

constexpr Element with_role(Element element, Role role) {
  element.role = role;
  return element;
}

constexpr Element line(Element element) {
  element.breaks_text = true;
  return element;
}

constexpr Element unwrapped(std::string_view name, Syntax syntax) {
  return {.name = name, .action = Unwrap, .syntax = syntax};
}

constexpr Element dropped(std::string_view name) {
  return {.name = name, .action = Drop};
}
constexpr Element dropped_void(std::string_view name) {
  return {.name = name, .action = Drop, .syntax = Syntax::VoidInline, .is_void = true};
}
constexpr Element dropped_raw(std::string_view name) {
  return {.name = name, .action = Drop, .syntax = Syntax::RawText};
}

constexpr Element kElements[] = {
    with_role(format("a"), Role::Link),
    phrase("abbr"),
    renamed("acronym", Syntax::Phrasing, "abbr"),
    block("address"),
    dropped("applet"),
    dropped_void("area"),
    block("article"),
    block("aside"),
    with_role(phrase("audio"), Role::Media),
    format("b"),
    dropped_void("base"),
    dropped_void("basefont"),
    phrase("bdi"),
    phrase("bdo"),
    dropped_void("bgsound"),
    unwrapped("big", Syntax::Formatting),
    kept("blockquote", Syntax::Block, kCite),
    line(kept("br", Syntax::VoidInline)),
    dropped("button"),
    dropped("canvas"),
    line(kept("caption", Syntax::Intricate)),
    renamed("center", Syntax::Block, "div"),
    phrase("cite"),
    format("code"),
    {.name = "col", .is_void = true, .attributes = kSpan},
    kept("colgroup", Syntax::Intricate, kSpan),
    dropped("datalist"),
    kept("dd", Syntax::DescriptionItem),
    phrase("del", kCite | kDatetime),
    kept("details", Syntax::Block, kOpen),
    phrase("dfn"),
    line(renamed("dir", Syntax::Intricate, "ul")),
    block("div"),
    block("dl"),
    kept("dt", Syntax::DescriptionItem),
    format("em"),
    dropped_void("embed"),
    renamed("fieldset", Syntax::Block, "div"),
    block("figcaption"),
    block("figure"),
    unwrapped("font", Syntax::Formatting),
    block("footer"),
    line(renamed("form", Syntax::Intricate, "div")),
    {.name = "frame", .action = Drop, .is_void = true},
    dropped("frameset"),
    kept("h1", Syntax::Heading),
    kept("h2", Syntax::Heading),
    kept("h3", Syntax::Heading),
    kept("h4", Syntax::Heading),
    kept("h5", Syntax::Heading),
    kept("h6", Syntax::Heading),
    block("header"),
    renamed("hgroup", Syntax::Block, "div"),
    kept("hr", Syntax::VoidBlock),
    format("i"),
    with_role(kept("iframe", Syntax::RawText, kSize), Role::Frame),
    with_role(kept("img", Syntax::VoidInline, kAlt | kSize), Role::Image),
    dropped_void("input"),
    phrase("ins", kCite | kDatetime),
    dropped("isindex"),
    phrase("kbd"),
    dropped_void("keygen"),
    unwrapped("label", Syntax::Phrasing),
    line(renamed("legend", Syntax::Intricate, "div")),
    kept("li", Syntax::ListItem, kValue),
    dropped_void("link"),
    line(renamed("listing", Syntax::Intricate, "pre")),
    renamed("main", Syntax::Block, "div"),
    phrase("mark"),
    dropped("math"),
    line(renamed("menu", Syntax::Intricate, "ul")),
    dropped_void("meta"),
    dropped("meter"),
    renamed("nav", Syntax::Block, "div"),
    dropped("noembed"),
    dropped("noframes"),
    with_role(unwrapped("noscript", Syntax::Intricate), Role::Fallback),
    dropped("object"),
    kept("ol", Syntax::Block, kStart | kReversed),
    dropped("optgroup"),
    dropped("option"),
    kept("p", Syntax::Paragraph),
    dropped_void("param"),
    with_role(unwrapped("picture", Syntax::Phrasing), Role::Picture),
    line(renamed("plaintext", Syntax::Intricate, "pre")),
    kept("pre", Syntax::Preformatted),
    dropped("progress"),
    phrase("q", kCite),
    kept("rp", Syntax::Intricate),
    kept("rt", Syntax::Intricate),
    kept("ruby", Syntax::Intricate),
    format("s"),
    phrase("samp"),
    dropped_raw("script"),
    block("section"),
    dropped("select"),
    format("small"),
    with_role(kept("source", Syntax::VoidInline), Role::MediaSource),
    unwrapped("span", Syntax::Phrasing),
    renamed("strike", Syntax::Formatting, "s"),
    format("strong"),
    dropped_raw("style"),
    phrase("sub"),
    block("summary"),
    phrase("sup"),
    dropped("svg"),
    kept("table", Syntax::Table),
    kept("tbody", Syntax::TableSection),
    kept("td", Syntax::TableCell, kColspan | kRowspan),
    dropped("template"),
    dropped("textarea"),
    kept("tfoot", Syntax::TableSection),
    kept("th", Syntax::TableCell, kColspan | kRowspan | kScope),
    kept("thead", Syntax::TableSection),
    phrase("time", kDatetime),
    dropped("title"),
    kept("tr", Syntax::TableRow),
    dropped_void("track"),
    renamed("tt", Syntax::Formatting, "code"),
    format("u"),
    block("ul"),
    phrase("var"),
    with_role(phrase("video", kSize), Role::Media),
    kept("wbr", Syntax::VoidInline),
    line(renamed("xmp", Syntax::Intricate, "pre")),
};

constexpr std::size_t kSlots =
    1024;  // sparse, so that a look-up is one comparison most of the time

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return (hash ^ hash >> 15) % kSlots;
}

// Open addressing: index + 1, 0 where nothing is.
constexpr std::array<std::uint8_t, kSlots> make_slots() {
  static_assert(std::size(kElements) < 255);
  std::array<std::uint8_t, kSlots> slots{};
  for (std::size_t i = 0; i < std::size(kElements); ++i) {
    std::size_t slot = slot_of(kElements[i].name);
    while (slots[slot] != 0) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return slots;
}
constexpr std::array<std::uint8_t, kSlots> kSlotTable = make_slots();

}  // namespace

const Element kUnknownElement{.name = "", .action = Unwrap, .syntax = Syntax::Phrasing};

const Element* find_element(std::string_view name) {
  for (std::size_t slot = slot_of(name); kSlotTable[slot] != 0; slot = (slot + 1) % kSlots) {
    const Element& element = kElements[kSlotTable[slot] - 1];
    if (element.name == name) return &element;
  }
  return nullptr;
}

}  // namespace tidings::normalize
