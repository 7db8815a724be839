#include "extract/page_facts.h"

#include <algorithm>
#include <array>

#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "extract/names.h"
#include "extract/same_page.h"
#include "extract/titles.h"
#include "extract/url_date.h"
#include "text/html_text.h"

namespace tidings::extract {
namespace {

template <class T>
T first_of(std::initializer_list<const T*> values) {
  for (const T* value : values) {
    if (*value != T{}) return *value;
  }
  return {};
}

// Said in other words than `title`, but with some of the same.
bool is_headline_for(std::string_view heading, std::string_view title, std::string_view site) {
  if (heading.size() < 15 || is_same_title(heading, site)) return false;
  return !holds_title(heading, title) && shares_words(heading, title);
}

// More than the zones of the world explain.
bool is_far_apart(Time a, Time b) {
  return (a > b ? a - b : b - a) > std::chrono::hours(48);
}

// Data are often written in UTC where the page shows the same minute by its publisher's clock.
void take_offset(const std::optional<ZonedTime>& shown, std::optional<ZonedTime>& told) {
  using std::chrono::floor, std::chrono::minutes;
  if (!told || !shown || told->offset != minutes(0)) return;
  if (floor<minutes>(shown->time) == floor<minutes>(told->time)) told->offset = shown->offset;
}

class Decision {
 public:
  Decision(const AllClaims& claims, const html::Document& document, const Survey& survey,
           std::string_view page_url, const Limits& limits)
      : claims_(claims), document_(document), survey_(survey), url_(page_url), limits_(limits) {}

  ExtractedPage decide() {
    ExtractedPage page;
    page.url = canonical();
    page.site = limited(first_of({&claims_.meta.site, &claims_.json_ld.site}));
    page.title = limited(title(page.site));
    page.authors = authors(page.site);
    dates(page);
    page.language = language();
    page.image = image();
    return page;
  }

 private:
  std::string limited(const std::string& text) const {
    return std::string(utf8_prefix(text, limits_.field_bytes_max));
  }

  std::array<const Claims*, 4> by_belief() const {
    if (claims_.json_ld.is_of_video)
      return {&claims_.meta, &claims_.microdata, &claims_.json_ld, &claims_.visible};
    return {&claims_.json_ld, &claims_.meta, &claims_.microdata, &claims_.visible};
  }

  // The page's own word on its address, if it is of this site and names more than its start.
  std::string canonical() const {
    std::string own(url_);
    const Result<Url> page = parse_url(own);
    for (const std::string* named : {&claims_.meta.url, &claims_.json_ld.url}) {
      if (named->empty() || named->size() > limits_.address_bytes_max) continue;
      const Result<Url> address = parse_url(resolve_url(own, *named));
      if (!address) continue;
      if (!page) return address->to_string();
      if (!is_same_site(address->host, page->host)) continue;
      const bool is_start = address->path == "/" && !address->has_query;
      if (is_start && page->path != "/") continue;
      Url tidy = *address;
      tidy.has_fragment = false;
      tidy.fragment.clear();
      return tidy.to_string();
    }
    return own;
  }

  std::string title(const std::string& site) const {
    const std::string host(host_of(url_));
    std::string document_title;
    if (survey_.title != html::kNoNode)
      document_title = text::collapsed(html::text_content(document_, survey_.title, 1'000));
    std::string heading = without_labels(claims_.visible.title);
    const auto bare = [&](const std::string& text) {
      return without_labels(without_site(text, site, host, heading));
    };
    const std::string in_head = bare(document_title), by_graph = bare(claims_.meta.title),
                      by_data = claims_.json_ld.is_of_video ? "" : bare(claims_.json_ld.title);
    for (const std::string* other : {&by_data, &by_graph, &in_head}) {
      if (!heading.empty() && !other->empty() && is_same_title(heading, *other)) return heading;
    }
    // The headline on the page is what readers know the article by; others are written for search
    // engines. It must be about the same thing: some pages have the section's name there.
    for (const std::string* other : {&by_data, &by_graph, &in_head}) {
      if (!other->empty() && is_headline_for(heading, *other, site)) return heading;
    }
    for (const std::string* one : {&by_data, &by_graph, &claims_.microdata.title}) {
      if (!one->empty()) return *one;
    }
    return heading.size() > in_head.size() / 2 ? heading : in_head;
  }

  std::vector<std::string> authors(const std::string& site) const {
    for (const Claims* claims : by_belief()) {
      std::vector<std::string> names;
      for (const std::string& byline : claims->authors) {
        for (std::string& name : names_in(byline)) {
          const bool is_known = std::any_of(
              names.begin(), names.end(), [&](const auto& known) { return iequals(known, name); });
          if (is_known || is_same_title(name, site) || names.size() >= limits_.authors_max)
            continue;
          names.push_back(std::move(name));
        }
      }
      if (!names.empty()) return names;
    }
    return {};
  }

  void dates(ExtractedPage& page) const {
    for (const Claims* claims : by_belief()) {
      if (!page.published) page.published = claims->published;
    }
    for (const Claims* claims : {&claims_.meta, &claims_.microdata, &claims_.visible})
      take_offset(claims->published, page.published);
    // The day in an address was written by a program; a date found in text may be any.
    const std::optional<Time> in_url = date_in_url(url_);
    const bool is_guessed =
        !claims_.json_ld.published && !claims_.meta.published && !claims_.microdata.published;
    if (in_url && (!page.published || (is_guessed && is_far_apart(*in_url, page.published->time))))
      page.published = ZonedTime{.time = *in_url};
    page.modified =
        first_of({&claims_.json_ld.modified, &claims_.meta.modified, &claims_.microdata.modified});
    for (const Claims* claims : {&claims_.meta, &claims_.microdata})
      take_offset(claims->modified, page.modified);
    if (!page.modified || !page.published) return;
    if (page.modified->time < page.published->time) page.modified.reset();
  }

  std::string language() const {
    for (const std::string* tag :
         {&claims_.json_ld.language, &claims_.meta.language, &claims_.microdata.language}) {
      if (std::string tidy = tidy_language(*tag); !tidy.empty()) return tidy;
    }
    return {};
  }

  std::string image() const {
    for (const std::string* named :
         {&claims_.meta.image, &claims_.json_ld.image, &claims_.microdata.image}) {
      if (named->empty() || named->size() > limits_.address_bytes_max) continue;
      const Result<Url> address = parse_url(resolve_url(url_, *named));
      if (address) return address->to_string();
    }
    return {};
  }

  const AllClaims& claims_;
  const html::Document& document_;
  const Survey& survey_;
  std::string_view url_;
  const Limits& limits_;
};

}  // namespace

ExtractedPage decide_facts(const AllClaims& claims, const html::Document& document,
                           const Survey& survey, std::string_view page_url, const Limits& limits) {
  return Decision(claims, document, survey, page_url, limits).decide();
}

}  // namespace tidings::extract
