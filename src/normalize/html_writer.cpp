#include "normalize/html_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/check.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "normalize/html_addresses.h"

namespace tidings::normalize {
namespace {

constexpr std::size_t kTitleBytesMax = 1000;
constexpr std::string_view kNoTrack = "noopener noreferrer nofollow";

enum CharacterClass : std::uint8_t { kSpecial = 1, kBlank = 2 };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = 0; c < 0x20; ++c)
    classes[c] = kSpecial;  // dropped: browsers disagree about them
  for (const char c : {'\t', '\n'}) classes[static_cast<std::uint8_t>(c)] = kBlank;
  classes[' '] = kBlank;
  for (const char c : {'&', '<', '>', '"'}) classes[static_cast<std::uint8_t>(c)] = kSpecial;
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

bool has_class(char c, CharacterClass wanted) {
  return (kClasses[static_cast<std::uint8_t>(c)] & wanted) != 0;
}

std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};  // a control character
  }
}

const std::string_view* find(std::span<const Attribute> attributes, std::string_view name) {
  for (const Attribute& attribute : attributes) {
    if (attribute.name == name) return &attribute.value;
  }
  return nullptr;
}

std::string_view value_of(std::span<const Attribute> attributes, std::string_view name) {
  const std::string_view* value = find(attributes, name);
  return value == nullptr ? std::string_view() : *value;
}

// "640" and "640px"; nothing for percentages and the rest.
std::optional<long long> number_of(std::string_view value) {
  value = trim(value);
  if (value.ends_with("px")) value.remove_suffix(2);
  return parse_int(value);
}

bool is_pixel(std::span<const Attribute> attributes) {
  const std::optional<long long> width = number_of(value_of(attributes, "width"));
  const std::optional<long long> height = number_of(value_of(attributes, "height"));
  return (width && *width <= 1) || (height && *height <= 1);
}

// Nothing that anybody would see, by what the page says of it.
bool is_hidden(std::string_view style) {
  std::string squeezed;
  for (const char c : style.substr(0, kTitleBytesMax)) {
    if (!is_space(c)) squeezed += to_lower(c);
  }
  for (const std::string_view hiding :
       {"display:none", "visibility:hidden", "width:1px", "height:1px", "width:0", "height:0"}) {
    const std::size_t at = squeezed.find(hiding);
    const bool is_own = at != std::string::npos && (at == 0 || squeezed[at - 1] == ';');
    const std::size_t end = at + hiding.size();
    if (is_own && (end >= squeezed.size() || squeezed[end] == ';' || squeezed[end] == '!' ||
                   squeezed.compare(end, 2, "px") == 0))
      return true;
  }
  return false;
}

// Where pages keep the address of an image that they load late, and a blank one in `src`.
constexpr std::array<std::string_view, 9> kLateSources = {
    "data-src",        "data-lazy-src",   "data-original", "data-lazy", "data-orig-file",
    "data-large-file", "data-hi-res-src", "data-url",      "data-image"};
constexpr std::array<std::string_view, 4> kSourceSets = {"data-srcset", "data-lazy-srcset",
                                                         "data-original-set", "srcset"};

// "a.jpg 1x, b.jpg 2x" → "a.jpg"
std::string_view first_of_srcset(std::string_view srcset) {
  while (!srcset.empty() && (is_space(srcset.front()) || srcset.front() == ','))
    srcset.remove_prefix(1);
  std::string_view first = srcset.substr(0, srcset.find_first_of(" \t\n"));
  while (first.ends_with(',')) first.remove_suffix(1);
  return first;
}

struct Candidate {
  std::string_view address, descriptor;
};

// Takes "a.jpg 640w" from the front of a set; addresses may have commas inside.
Candidate take_candidate(std::string_view& set) {
  Candidate candidate{.address = set.substr(0, set.find_first_of(" \t\n"))};
  set.remove_prefix(candidate.address.size());
  if (candidate.address.ends_with(',')) {
    while (candidate.address.ends_with(',')) candidate.address.remove_suffix(1);
    return candidate;
  }
  const std::string_view rest = set.substr(0, set.find(','));
  set.remove_prefix(rest.size());
  candidate.descriptor = trim(rest);
  return candidate;
}

// "640w" or "1.5x"
bool is_descriptor(std::string_view value) {
  constexpr std::size_t kBytesMax = 8;
  if (value.size() < 2 || value.size() > kBytesMax || !is_digit(value.front())) return false;
  const std::string_view number = value.substr(0, value.size() - 1);
  if (value.back() == 'w') return std::all_of(number.begin(), number.end(), is_digit);
  return value.back() == 'x' &&
         std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == '.'; });
}

bool is_language(std::string_view value) {
  return !value.empty() && value.size() <= 35 &&
         std::all_of(value.begin(), value.end(),
                     [](char c) { return is_alpha(c) || is_digit(c) || c == '-'; });
}

bool is_direction(std::string_view value) {
  return value == "ltr" || value == "rtl" || value == "auto";
}

bool is_time(std::string_view value) {
  return !value.empty() && value.size() <= 64 &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return is_alpha(c) || is_digit(c) || c == ':' || c == '+' || c == '.' || c == '-' ||
                  c == ' ';
         });
}

bool is_scope(std::string_view value) {
  return value == "row" || value == "col" || value == "rowgroup" || value == "colgroup";
}

}  // namespace

void SafeHtmlWriter::open(const Element& element, std::span<const Attribute> attributes) {
  if (dropped_depth_ == 0 && element.role == Role::MediaSource) remember_source(attributes);
  if (dropped_depth_ > 0 || begins_dropped(element)) {
    if (!element.is_void) ++dropped_depth_;
    return;
  }
  if (element.role == Role::Picture) picture_source_.clear();
  if (element.role == Role::Fallback) ++fallback_depth_;
  const bool is_too_deep = written_depth_ >= kSanitizeDepthMax;
  // Of what is for browsers without scripts only an image counts, where none stands before it.
  const bool is_repeated = fallback_depth_ > 0 && (element.role != Role::Image || follows_image());
  const bool is_written = element.action == Action::Keep && !is_too_deep && !is_full_ &&
                          !is_repeated && write_tag(element, attributes);
  if (is_written && element.role == Role::Image) after_image_ = html_.size();
  if (is_written && element.breaks_text) owes_break_ = true;
  if (is_written && element.syntax == Syntax::TableCell) owes_space_ = true;
  if (element.is_void) return;
  if (element.role == Role::Frame) {  // what is inside is for browsers that know no frames
    if (is_written) html_ += "</iframe>";
    ++dropped_depth_;
    return;
  }
  if (is_written && element.written_name() == "pre") {
    ++preformatted_depth_;
    after_pre_ = html_.size();
  }
  if (is_written) ++written_depth_;
  frames_.push_back({&element, is_written ? Written::Yes : Written::No});
}

void SafeHtmlWriter::close() {
  if (dropped_depth_ > 0) {
    --dropped_depth_;
    return;
  }
  CHECK(!frames_.empty());
  const Frame frame = frames_.back();
  frames_.pop_back();
  const Element& element = *frame.element;
  if (element.role == Role::Picture) picture_source_.clear();
  if (element.role == Role::Fallback) --fallback_depth_;
  if (frame.written == Written::No) return;
  if (element.breaks_text) owes_break_ = true;
  if (element.written_name() == "pre") --preformatted_depth_;
  --written_depth_;
  html_.append("</").append(element.written_name()).append(">");
}

void SafeHtmlWriter::text(std::string_view decoded) {
  if (dropped_depth_ > 0 || fallback_depth_ > 0 || is_full_) return;
  if (!frames_.empty() && frames_.back().element->role == Role::Media)
    return;  // for browsers without players
  // The first line break of a <pre> is not part of it: one more keeps the one that is.
  if (after_pre_ == html_.size() && decoded.starts_with('\n')) html_ += '\n';
  append_plain(append_escaped(decoded));
}

SanitizedHtml SafeHtmlWriter::finish() {
  dropped_depth_ = 0;
  while (!frames_.empty()) close();
  return {
      .html = std::move(html_), .text = std::move(text_), .first_image = std::move(first_image_)};
}

bool SafeHtmlWriter::begins_dropped(const Element& element) const {
  if (element.action == Action::Drop) return true;
  return is_inside(Role::Media) != (element.role == Role::MediaSource);
}

bool SafeHtmlWriter::is_inside(Role role) const {
  return !frames_.empty() && frames_.back().element->role == role;
}

// Nothing but blanks stands between.
bool SafeHtmlWriter::follows_image() const {
  return after_image_ <= html_.size() &&
         std::all_of(html_.begin() + static_cast<std::ptrdiff_t>(after_image_), html_.end(),
                     [](char c) { return has_class(c, kBlank); });
}

void SafeHtmlWriter::remember_source(std::span<const Attribute> attributes) {
  if (!is_inside(Role::Picture) || !picture_source_.empty()) return;
  for (const std::string_view name : kSourceSets) {
    if (picture_source_.empty()) picture_source_ = first_of_srcset(value_of(attributes, name));
  }
}

bool SafeHtmlWriter::write_tag(const Element& element, std::span<const Attribute> attributes) {
  const std::size_t begin = html_.size();
  html_.append("<").append(element.written_name());
  if (!append_attributes(element, attributes)) {
    html_.resize(begin);
    return false;
  }
  html_ += '>';
  if (html_.size() > kSanitizeOutputBytesMax) {
    html_.resize(begin);
    is_full_ = true;
  }
  return !is_full_;
}

// False when the element cannot stand without an attribute that it does not have.
bool SafeHtmlWriter::append_attributes(const Element& element,
                                       std::span<const Attribute> attributes) {
  bool may_stand = true;
  switch (element.role) {
    case Role::None:
    case Role::Picture:
    case Role::Fallback:
      break;
    case Role::Link:
      may_stand = append_link(attributes);
      break;
    case Role::Image:
      may_stand = append_image(attributes);
      break;
    case Role::Media:
      may_stand = append_media(attributes);
      break;
    case Role::MediaSource:
      may_stand = append_media_source(attributes);
      break;
    case Role::Frame:
      may_stand = append_frame(attributes);
      break;
  }
  if (may_stand && !attributes.empty()) append_plain_attributes(element, attributes);
  return may_stand;
}

// The address that `make` makes of `reference`; empty when addresses have grown too much.
std::string SafeHtmlWriter::within_growth(std::string (*make)(BaseUrl&, std::string_view),
                                          std::string_view reference) {
  std::string address = make(base_, reference);
  if (address.size() <= reference.size()) return address;
  const std::size_t growth = address.size() - reference.size();
  if (growth > growth_bytes_left_) return {};
  growth_bytes_left_ -= growth;
  return address;
}

bool SafeHtmlWriter::append_link(std::span<const Attribute> attributes) {
  const std::string address = within_growth(link_address, value_of(attributes, "href"));
  if (address.empty()) return false;
  append_attribute("href", address);
  append_attribute("rel", kNoTrack);
  return true;
}

bool SafeHtmlWriter::append_image(std::span<const Attribute> attributes) {
  if (is_pixel(attributes) || is_hidden(value_of(attributes, "style"))) return false;
  std::string address = image_address(attributes);
  if (is_tracker(address)) return false;
  if (!address.empty() && first_image_.empty()) first_image_ = address;
  if (address.empty()) {
    const std::string_view source = trim(value_of(attributes, "src"));
    if (!is_inline_image(source)) return false;
    address = source;
  }
  append_attribute("src", address);
  for (const std::string_view name : kSourceSets) {
    if (const std::string_view set = value_of(attributes, name); !set.empty()) {
      append_srcset(set);
      break;
    }
  }
  return true;
}

// The first of an image's addresses that leads somewhere; blank ones do not.
std::string SafeHtmlWriter::image_address(std::span<const Attribute> attributes) {
  const auto address_in = [&](std::string_view reference) {
    std::string address = within_growth(web_address, reference);
    return is_blank_image(address) ? std::string() : address;
  };
  std::string address;
  for (const std::string_view name : kLateSources) {
    if (address.empty()) address = address_in(value_of(attributes, name));
  }
  if (address.empty()) address = address_in(value_of(attributes, "src"));
  for (const std::string_view name : kSourceSets) {
    if (address.empty()) address = address_in(first_of_srcset(value_of(attributes, name)));
  }
  const bool has_inline = is_inline_image(trim(value_of(attributes, "src")));
  if (address.empty() && !has_inline) address = address_in(picture_source_);
  return address;
}

// The candidates whose addresses may stand, each with its width or density (WHATWG HTML
// §4.8.4.2.1). A single one says no more than `src`.
void SafeHtmlWriter::append_srcset(std::string_view srcset) {
  constexpr std::size_t kCandidatesMax = 8;
  std::string set;
  std::size_t count = 0;
  while (count < kCandidatesMax) {
    while (!srcset.empty() && (is_space(srcset.front()) || srcset.front() == ','))
      srcset.remove_prefix(1);
    const Candidate candidate = take_candidate(srcset);
    if (candidate.address.empty()) break;
    if (!is_descriptor(candidate.descriptor)) continue;
    const std::string address = within_growth(web_address, candidate.address);
    if (address.empty() || address.ends_with(',') || is_tracker(address)) continue;
    set.append(count == 0 ? "" : ", ").append(address).append(" ").append(candidate.descriptor);
    ++count;
  }
  if (count > 1) append_attribute("srcset", set);
}

bool SafeHtmlWriter::append_media(std::span<const Attribute> attributes) {
  const std::string source = within_growth(web_address, value_of(attributes, "src"));
  const std::string poster = within_growth(web_address, value_of(attributes, "poster"));
  if (!source.empty()) append_attribute("src", source);
  if (!poster.empty()) append_attribute("poster", poster);
  append_attribute("controls", "");
  append_attribute("preload", "none");
  return true;
}

bool SafeHtmlWriter::append_media_source(std::span<const Attribute> attributes) {
  const std::string source = within_growth(web_address, value_of(attributes, "src"));
  if (source.empty()) return false;
  append_attribute("src", source);
  const std::string_view type = value_of(attributes, "type");
  if (type.starts_with("video/") || type.starts_with("audio/"))
    append_attribute("type", type.substr(0, 100));
  return true;
}

bool SafeHtmlWriter::append_frame(std::span<const Attribute> attributes) {
  const std::string address = within_growth(frame_address, value_of(attributes, "src"));
  if (address.empty()) return false;
  append_attribute("src", address);
  append_attribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  append_attribute("allow", "fullscreen; picture-in-picture");
  append_attribute("loading", "lazy");
  return true;
}

void SafeHtmlWriter::append_plain_attributes(const Element& element,
                                             std::span<const Attribute> attributes) {
  constexpr long long kPixelsMax = 10'000, kCellsMax = 1'000, kNumberMax = 1'000'000;
  const auto allows = [&](AttributeFlag flag) { return (element.attributes & flag) != 0; };
  const auto value = [&](std::string_view name) { return value_of(attributes, name); };
  const auto has = [&](std::string_view name) { return find(attributes, name) != nullptr; };
  if (element.attributes != 0) {
    if (allows(kAlt) && has("alt"))
      append_attribute("alt", utf8_prefix(value("alt"), kTitleBytesMax));
    if (allows(kSize)) append_number("width", value("width"), 2, kPixelsMax);
    if (allows(kSize)) append_number("height", value("height"), 2, kPixelsMax);
    if (allows(kColspan)) append_number("colspan", value("colspan"), 1, kCellsMax);
    if (allows(kRowspan)) append_number("rowspan", value("rowspan"), 1, kCellsMax);
    if (allows(kSpan)) append_number("span", value("span"), 1, kCellsMax);
    if (allows(kStart)) append_number("start", value("start"), -kNumberMax, kNumberMax);
    if (allows(kValue)) append_number("value", value("value"), -kNumberMax, kNumberMax);
    if (allows(kScope) && is_scope(value("scope"))) append_attribute("scope", value("scope"));
    if (allows(kReversed) && has("reversed")) append_attribute("reversed", "");
    if (allows(kOpen) && has("open")) append_attribute("open", "");
    if (allows(kDatetime) && is_time(value("datetime")))
      append_attribute("datetime", value("datetime"));
    if (allows(kCite)) {
      const std::string cited = within_growth(web_address, value("cite"));
      if (!cited.empty()) append_attribute("cite", cited);
    }
  }
  if (is_language(value("lang"))) append_attribute("lang", value("lang"));
  if (is_direction(value("dir"))) append_attribute("dir", value("dir"));
  if (!value("title").empty())
    append_attribute("title", utf8_prefix(value("title"), kTitleBytesMax));
}

void SafeHtmlWriter::append_number(std::string_view name, std::string_view value, long long min,
                                   long long max) {
  const std::optional<long long> number = number_of(value);
  if (number && *number >= min && *number <= max) append_attribute(name, std::to_string(*number));
}

void SafeHtmlWriter::append_attribute(std::string_view name, std::string_view value) {
  html_.append(" ").append(name).append("=\"");
  std::size_t run = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!has_class(value[i], kSpecial)) continue;
    html_.append(value, run, i - run).append(escape_of(value[i]));
    run = i + 1;
  }
  html_.append(value, run).append("\"");
}

// Gives what there was room for.
std::string_view SafeHtmlWriter::append_escaped(std::string_view decoded) {
  constexpr std::size_t kEscapeBytesMax = 6;
  if (html_.size() + decoded.size() * kEscapeBytesMax > kSanitizeOutputBytesMax) {
    std::size_t room = kSanitizeOutputBytesMax - std::min(html_.size(), kSanitizeOutputBytesMax);
    std::size_t taken = 0;
    for (; taken < decoded.size(); ++taken) {
      const char c = decoded[taken];
      const std::size_t cost = has_class(c, kSpecial) && c != '"' ? escape_of(c).size() : 1;
      if (cost > room) break;
      room -= cost;
    }
    if (taken < decoded.size()) {
      is_full_ = true;
      decoded = utf8_prefix(decoded, taken);
    }
  }
  std::size_t run = 0;
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    if (!has_class(decoded[i], kSpecial) || decoded[i] == '"') continue;
    html_.append(decoded, run, i - run).append(escape_of(decoded[i]));
    run = i + 1;
  }
  html_.append(decoded, run);
  return decoded;
}

// Blanks and breaks are owed until a word follows, so that none stand at the ends or in a row.
void SafeHtmlWriter::append_plain(std::string_view decoded) {
  const auto is_blank = [&](std::size_t at) { return has_class(decoded[at], kBlank); };
  std::size_t i = 0;
  while (i < decoded.size()) {
    // Words with single blanks between them go over in one piece.
    std::size_t end = i;
    while (end < decoded.size() &&
           (!is_blank(end) ||
            (decoded[end] == ' ' && end > i && end + 1 < decoded.size() && !is_blank(end + 1)))) {
      ++end;
    }
    if (end > i) {
      if (!text_.empty() && (owes_break_ || owes_space_)) text_ += owes_break_ ? '\n' : ' ';
      owes_break_ = owes_space_ = false;
      text_.append(decoded, i, end - i);
    }
    if (end < decoded.size()) {
      owes_space_ = true;
      if (decoded[end] == '\n' && preformatted_depth_ > 0) owes_break_ = true;
    }
    i = end + 1;
  }
}

}  // namespace tidings::normalize
