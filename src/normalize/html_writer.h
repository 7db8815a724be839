// Writes a tree of HTML down as safe HTML and as plain text. Every decision of the sanitizer about
// elements, attributes and addresses is made here, whoever read the tree.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/url.h"
#include "normalize/html_elements.h"
#include "normalize/sanitize.h"

namespace tidings::normalize {

// Name in lower case, value with its character references decoded. Of two with one name the first
// counts.
struct Attribute {
  std::string_view name, value;
};

// Text and values must be clean (clean_text.h).
class SafeHtmlWriter final {
 public:
  // `input_bytes`: of the HTML that is read. What its addresses grow by is bounded by it.
  SafeHtmlWriter(std::string_view base_url, std::size_t input_bytes)
      : base_(base_url), growth_bytes_left_(kGrowthBytesFree + kGrowthFactor * input_bytes) {}

  // Begins an element; close() ends the latest that is open. Void elements are begun and ended by
  // this one call.
  void open(const Element& element, std::span<const Attribute> attributes);
  void close();
  void text(std::string_view decoded);

  // Closes what is open and hands the result over.
  SanitizedHtml finish();

 private:
  // A page of short references under a common base stays far below this.
  static constexpr std::size_t kGrowthBytesFree = 8192, kGrowthFactor = 8;

  enum class Written : bool { No, Yes };
  struct Frame {
    const Element* element;
    Written written;
  };

  bool begins_dropped(const Element& element) const;
  bool is_inside(Role role) const;
  bool follows_image() const;
  void remember_source(std::span<const Attribute> attributes);
  std::string image_address(std::span<const Attribute> attributes);
  void append_srcset(std::string_view srcset);
  bool write_tag(const Element& element, std::span<const Attribute> attributes);
  bool append_attributes(const Element& element, std::span<const Attribute> attributes);
  std::string within_growth(std::string (*make)(BaseUrl&, std::string_view),
                            std::string_view reference);
  bool append_link(std::span<const Attribute> attributes);
  bool append_image(std::span<const Attribute> attributes);
  bool append_media(std::span<const Attribute> attributes);
  bool append_media_source(std::span<const Attribute> attributes);
  bool append_frame(std::span<const Attribute> attributes);
  void append_plain_attributes(const Element& element, std::span<const Attribute> attributes);
  void append_attribute(std::string_view name, std::string_view value);
  void append_number(std::string_view name, std::string_view value, long long min, long long max);
  std::string_view append_escaped(std::string_view decoded);
  void append_plain(std::string_view decoded);

  BaseUrl base_;
  std::size_t growth_bytes_left_;
  std::string html_, text_, first_image_;
  std::vector<Frame> frames_;
  std::size_t dropped_depth_ = 0;  // frames inside an element that goes with its content
  std::size_t written_depth_ = 0;
  std::size_t preformatted_depth_ = 0;
  std::size_t fallback_depth_ = 0;             // <noscript> in <noscript>
  std::size_t after_pre_ = std::string::npos;  // where the text of a <pre> would begin
  std::size_t after_image_ = std::string::npos;
  std::string picture_source_;  // of the <picture> that is open, for an image without an address
  bool is_full_ = false;
  bool owes_space_ = false, owes_break_ = false;
};

}  // namespace tidings::normalize
