#include "html/foreign_content.h"

#include <algorithm>
#include <array>

#include "core/strings.h"

namespace tidings::html {
namespace {

// Sorted by their lower-case spelling.
constexpr std::array<std::string_view, 37> kSvgTagNames = {"altGlyph",
                                                           "altGlyphDef",
                                                           "altGlyphItem",
                                                           "animateColor",
                                                           "animateMotion",
                                                           "animateTransform",
                                                           "clipPath",
                                                           "feBlend",
                                                           "feColorMatrix",
                                                           "feComponentTransfer",
                                                           "feComposite",
                                                           "feConvolveMatrix",
                                                           "feDiffuseLighting",
                                                           "feDisplacementMap",
                                                           "feDistantLight",
                                                           "feDropShadow",
                                                           "feFlood",
                                                           "feFuncA",
                                                           "feFuncB",
                                                           "feFuncG",
                                                           "feFuncR",
                                                           "feGaussianBlur",
                                                           "feImage",
                                                           "feMerge",
                                                           "feMergeNode",
                                                           "feMorphology",
                                                           "feOffset",
                                                           "fePointLight",
                                                           "feSpecularLighting",
                                                           "feSpotLight",
                                                           "feTile",
                                                           "feTurbulence",
                                                           "foreignObject",
                                                           "glyphRef",
                                                           "linearGradient",
                                                           "radialGradient",
                                                           "textPath"};

constexpr std::array<std::string_view, 58> kSvgAttributeNames = {"attributeName",
                                                                 "attributeType",
                                                                 "baseFrequency",
                                                                 "baseProfile",
                                                                 "calcMode",
                                                                 "clipPathUnits",
                                                                 "diffuseConstant",
                                                                 "edgeMode",
                                                                 "filterUnits",
                                                                 "glyphRef",
                                                                 "gradientTransform",
                                                                 "gradientUnits",
                                                                 "kernelMatrix",
                                                                 "kernelUnitLength",
                                                                 "keyPoints",
                                                                 "keySplines",
                                                                 "keyTimes",
                                                                 "lengthAdjust",
                                                                 "limitingConeAngle",
                                                                 "markerHeight",
                                                                 "markerUnits",
                                                                 "markerWidth",
                                                                 "maskContentUnits",
                                                                 "maskUnits",
                                                                 "numOctaves",
                                                                 "pathLength",
                                                                 "patternContentUnits",
                                                                 "patternTransform",
                                                                 "patternUnits",
                                                                 "pointsAtX",
                                                                 "pointsAtY",
                                                                 "pointsAtZ",
                                                                 "preserveAlpha",
                                                                 "preserveAspectRatio",
                                                                 "primitiveUnits",
                                                                 "refX",
                                                                 "refY",
                                                                 "repeatCount",
                                                                 "repeatDur",
                                                                 "requiredExtensions",
                                                                 "requiredFeatures",
                                                                 "specularConstant",
                                                                 "specularExponent",
                                                                 "spreadMethod",
                                                                 "startOffset",
                                                                 "stdDeviation",
                                                                 "stitchTiles",
                                                                 "surfaceScale",
                                                                 "systemLanguage",
                                                                 "tableValues",
                                                                 "targetX",
                                                                 "targetY",
                                                                 "textLength",
                                                                 "viewBox",
                                                                 "viewTarget",
                                                                 "xChannelSelector",
                                                                 "yChannelSelector",
                                                                 "zoomAndPan"};

// How `mixed` compares to `lower` when its capitals are lowered.
constexpr int compare_lowered(std::string_view mixed, std::string_view lower) {
  for (std::size_t i = 0; i < std::min(mixed.size(), lower.size()); ++i) {
    const auto a = static_cast<unsigned char>(to_lower(mixed[i]));
    const auto b = static_cast<unsigned char>(lower[i]);
    if (a != b) return a < b ? -1 : 1;
  }
  return mixed.size() == lower.size() ? 0 : mixed.size() < lower.size() ? -1 : 1;
}

template <std::size_t N>
std::string_view adjusted(const std::array<std::string_view, N>& names, std::string_view lower) {
  const auto found = std::lower_bound(names.begin(), names.end(), lower,
                                      [](std::string_view mixed, std::string_view wanted) {
                                        return compare_lowered(mixed, wanted) < 0;
                                      });
  return found != names.end() && compare_lowered(*found, lower) == 0 ? *found : lower;
}

bool holds_html(std::span<const Attribute> annotation_attributes) {
  return std::any_of(
      annotation_attributes.begin(), annotation_attributes.end(), [](const Attribute& attribute) {
        return attribute.name == "encoding" && (iequals(attribute.value, "text/html") ||
                                                iequals(attribute.value, "application/xhtml+xml"));
      });
}

}  // namespace

std::string_view adjusted_svg_tag_name(std::string_view lower) {
  return adjusted(kSvgTagNames, lower);
}

std::string_view adjusted_attribute_name(Space space, std::string_view lower) {
  if (space == Space::MathMl) return lower == "definitionurl" ? "definitionURL" : lower;
  return space == Space::Svg ? adjusted(kSvgAttributeNames, lower) : lower;
}

std::uint8_t foreign_roles(Space space, std::string_view name,
                           std::span<const Attribute> attributes) {
  if (space == Space::Svg) {
    const bool holds = name == "foreignObject" || name == "desc" || name == "title";
    return holds ? kBoundary | kHtmlIntegration : 0;
  }
  constexpr std::array<std::string_view, 5> kTextNames = {"mi", "mn", "mo", "ms", "mtext"};
  if (std::find(kTextNames.begin(), kTextNames.end(), name) != kTextNames.end())
    return kBoundary | kTextIntegration;
  if (name != "annotation-xml") return 0;
  const int html = holds_html(attributes) ? kHtmlIntegration : 0;
  return static_cast<std::uint8_t>(kBoundary | kAnnotationXml | html);
}

bool breaks_out_of_foreign(const Token& start_tag) {
  constexpr TagSet kTags{
      Tag::B,      Tag::Big,    Tag::Blockquote, Tag::Body,    Tag::Br,    Tag::Center, Tag::Code,
      Tag::Dd,     Tag::Div,    Tag::Dl,         Tag::Dt,      Tag::Em,    Tag::Embed,  Tag::H1,
      Tag::H2,     Tag::H3,     Tag::H4,         Tag::H5,      Tag::H6,    Tag::Head,   Tag::Hr,
      Tag::I,      Tag::Img,    Tag::Li,         Tag::Listing, Tag::Menu,  Tag::Meta,   Tag::Nobr,
      Tag::Ol,     Tag::P,      Tag::Pre,        Tag::Ruby,    Tag::S,     Tag::Small,  Tag::Span,
      Tag::Strong, Tag::Strike, Tag::Sub,        Tag::Sup,     Tag::Table, Tag::Tt,     Tag::U,
      Tag::Ul,     Tag::Var};
  if (kTags.contains(start_tag.tag)) return true;
  return start_tag.tag == Tag::Font &&
         std::any_of(start_tag.attributes.begin(), start_tag.attributes.end(),
                     [](const Attribute& attribute) {
                       return attribute.name == "color" || attribute.name == "face" ||
                              attribute.name == "size";
                     });
}

}  // namespace tidings::html
