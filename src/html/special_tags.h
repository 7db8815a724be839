// Which elements the rules treat alike, WHATWG HTML §13.2.4.2 and §13.2.6.4.7.
#pragma once

#include "html/tree.h"

namespace tidings::html {

inline constexpr TagSet kHeadings{Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6};

// Blocks before which a <p> ends, and that need nothing else.
inline constexpr TagSet kClosesP{
    Tag::Address,  Tag::Article,    Tag::Aside,   Tag::Blockquote, Tag::Center,
    Tag::Details,  Tag::Dialog,     Tag::Dir,     Tag::Div,        Tag::Dl,
    Tag::Fieldset, Tag::Figcaption, Tag::Figure,  Tag::Footer,     Tag::Header,
    Tag::Hgroup,   Tag::Main,       Tag::Menu,    Tag::Nav,        Tag::Ol,
    Tag::P,        Tag::Search,     Tag::Section, Tag::Summary,    Tag::Ul};

// Formatting elements but for <a> and <nobr>, which do not nest.
inline constexpr TagSet kFormattingTags{Tag::B,      Tag::Big,    Tag::Code, Tag::Em,
                                        Tag::Font,   Tag::I,      Tag::S,    Tag::Small,
                                        Tag::Strike, Tag::Strong, Tag::Tt,   Tag::U};

inline constexpr TagSet kSpecialTags =
    kHeadings |
    TagSet{
        Tag::Address,    Tag::Applet,   Tag::Area,       Tag::Article,  Tag::Aside,   Tag::Base,
        Tag::Basefont,   Tag::Bgsound,  Tag::Blockquote, Tag::Body,     Tag::Br,      Tag::Button,
        Tag::Caption,    Tag::Center,   Tag::Col,        Tag::Colgroup, Tag::Dd,      Tag::Details,
        Tag::Dir,        Tag::Div,      Tag::Dl,         Tag::Dt,       Tag::Embed,   Tag::Fieldset,
        Tag::Figcaption, Tag::Figure,   Tag::Footer,     Tag::Form,     Tag::Frame,   Tag::Frameset,
        Tag::Head,       Tag::Header,   Tag::Hgroup,     Tag::Hr,       Tag::Html,    Tag::Iframe,
        Tag::Img,        Tag::Input,    Tag::Keygen,     Tag::Li,       Tag::Link,    Tag::Listing,
        Tag::Main,       Tag::Marquee,  Tag::Menu,       Tag::Meta,     Tag::Nav,     Tag::Noembed,
        Tag::Noframes,   Tag::Noscript, Tag::Object,     Tag::Ol,       Tag::P,       Tag::Param,
        Tag::Plaintext,  Tag::Pre,      Tag::Script,     Tag::Search,   Tag::Section, Tag::Select,
        Tag::Source,     Tag::Style,    Tag::Summary,    Tag::Table,    Tag::Tbody,   Tag::Td,
        Tag::Template,   Tag::Textarea, Tag::Tfoot,      Tag::Th,       Tag::Thead,   Tag::Title,
        Tag::Tr,         Tag::Track,    Tag::Ul,         Tag::Wbr,      Tag::Xmp};

inline bool is_special(const TreeNode& element) {
  return kSpecialTags.contains(element.tag) || (element.foreign_roles & kBoundary) != 0;
}

}  // namespace tidings::html
