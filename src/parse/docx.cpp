#include "parse/docx.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/strings.h"
#include "parse/xml_walk.h"
#include "parse/zip_archive.h"
#include "text/date.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

using Names = std::map<std::string, std::string, std::less<>>;

// What the body refers to by id.
struct References {
  Names styles;        // style id → its name in lower case ("heading 1"), which no language changes
  Names links;         // relationship id → address
  Names list_formats;  // numbering id → "bullet", "decimal" …
};

std::string_view find(const Names& names, std::string_view key) {
  const auto found = names.find(key);
  return found == names.end() ? std::string_view() : std::string_view(found->second);
}

Result<Names> read_styles(std::string_view xml, std::size_t depth_max) {
  Names styles;
  std::string id;
  TRY(walk_xml(xml,
               {.start =
                    [&](std::string_view name, const XmlAttributes& attributes) {
                      if (name == "style") id = attributes.get("styleId");
                      if (name == "name" && !id.empty())
                        styles.try_emplace(id, to_lower(attributes.get("val")));
                    },
                .end =
                    [&](std::string_view name) {
                      if (name == "style") id.clear();
                    },
                .text = [](std::string_view) {}},
               depth_max));
  return styles;
}

Result<Names> read_links(std::string_view xml, std::size_t depth_max) {
  Names links;
  TRY(walk_xml(xml,
               {.start =
                    [&](std::string_view name, const XmlAttributes& attributes) {
                      if (name == "Relationship" && attributes.get("TargetMode") == "External")
                        links.try_emplace(std::string(attributes.get("Id")),
                                          attributes.get("Target"));
                    },
                .end = [](std::string_view) {},
                .text = [](std::string_view) {}},
               depth_max));
  return links;
}

// A numbering points to an abstract one, whose first level tells bullets from numbers.
Result<Names> read_list_formats(std::string_view xml, std::size_t depth_max) {
  Names abstract_formats, formats;
  std::string abstract, number;
  TRY(walk_xml(xml,
               {.start =
                    [&](std::string_view name, const XmlAttributes& attributes) {
                      if (name == "abstractNum") abstract = attributes.get("abstractNumId");
                      if (name == "numFmt" && !abstract.empty())
                        abstract_formats.try_emplace(abstract, attributes.get("val"));
                      if (name == "num") number = attributes.get("numId");
                      if (name == "abstractNumId" && !number.empty())
                        formats.try_emplace(number, find(abstract_formats, attributes.get("val")));
                    },
                .end =
                    [&](std::string_view name) {
                      if (name == "abstractNum") abstract.clear();
                      if (name == "num") number.clear();
                    },
                .text = [](std::string_view) {}},
               depth_max));
  return formats;
}

// A part that is missing says nothing; one that is damaged costs only itself.
template <class Read>
Names part(const ZipArchive& archive, const std::string& name, const DocxLimits& limits,
           Read read) {
  const Result<std::string> xml = archive.read(name, limits.part_bytes_max);
  if (!xml) return {};
  Result<Names> names = read(*xml, limits.depth_max);
  return names ? *std::move(names) : Names();
}

// The body as HTML, paragraph by paragraph.
class BodyWriter {
 public:
  BodyWriter(const References& references, const DocxLimits& limits)
      : references_(references), limits_(limits) {}

  void start(std::string_view name, const XmlAttributes& attributes) {
    if (skipped_ > 0 || is_left_out(name)) {
      ++skipped_;
    } else if (name == "p") {
      open_.push_back({});
    } else if (name == "tbl" || name == "tr" || name == "tc") {
      end_list();
      write(name == "tbl" ? "<table>" : name == "tr" ? "<tr>" : "<td>");
    } else if (!open_.empty()) {
      start_in_paragraph(name, attributes);
    }
  }

  void end(std::string_view name) {
    if (skipped_ > 0) {
      --skipped_;
    } else if (name == "p") {
      if (!open_.empty()) end_paragraph();
    } else if (name == "tbl" || name == "tr" || name == "tc") {
      end_list();
      write(name == "tbl" ? "</table>" : name == "tr" ? "</tr>" : "</td>");
    } else if (name == "r") {
      run_ = {};
    } else if (name == "t") {
      is_text_ = false;
    } else if (name == "hyperlink" && !open_.empty() && open_.back().in_link) {
      open_.back().html += "</a>";
      open_.back().in_link = false;
    }
  }

  void text(std::string_view characters) {
    if (!is_text_ || skipped_ > 0 || open_.empty()) return;
    std::string& html = open_.back().html;
    if (html.size() > limits_.html_bytes_max) return;
    if (run_.bold) html += "<b>";
    if (run_.italic) html += "<i>";
    text::append_escaped_html(html, characters);
    if (run_.italic) html += "</i>";
    if (run_.bold) html += "</b>";
  }

  std::string html() && {
    end_list();
    return std::move(html_);
  }
  const std::string& title() const { return title_; }

 private:
  struct Paragraph {
    std::string html;
    std::string_view style;
    std::optional<std::string> list;  // its format
    bool in_link = false;
  };
  struct Run {
    bool bold = false, italic = false;
  };

  // Deleted text, field codes, the second telling of what older programs cannot show, pictures.
  static bool is_left_out(std::string_view name) {
    return name == "del" || name == "delText" || name == "instrText" || name == "Fallback" ||
           name == "drawing" || name == "pict" || name == "object" || name == "pPrChange" ||
           name == "rPrChange" || name == "moveFrom";
  }

  static bool is_on(const XmlAttributes& attributes) {
    const std::string_view value = attributes.get("val");
    return value != "0" && value != "false" && value != "none";
  }

  void start_in_paragraph(std::string_view name, const XmlAttributes& attributes) {
    Paragraph& paragraph = open_.back();
    if (name == "pStyle") {
      paragraph.style = find(references_.styles, attributes.get("val"));
    } else if (name == "numId") {
      paragraph.list = find(references_.list_formats, attributes.get("val"));
    } else if (name == "b") {
      run_.bold = is_on(attributes);
    } else if (name == "i") {
      run_.italic = is_on(attributes);
    } else if (name == "t") {
      is_text_ = true;
    } else if (name == "tab") {
      paragraph.html += ' ';
    } else if (name == "br" || name == "cr") {
      paragraph.html += "<br>";
    } else if (name == "noBreakHyphen") {
      paragraph.html += "\u2011";
    } else if (name == "hyperlink") {
      start_link(paragraph, attributes.get("id"));
    }
  }

  void start_link(Paragraph& paragraph, std::string_view id) {
    const std::string_view address = find(references_.links, id);
    if (address.empty() || paragraph.in_link) return;
    paragraph.html += "<a href=\"" + text::escape_html(address) + "\">";
    paragraph.in_link = true;
  }

  void end_paragraph() {
    Paragraph paragraph = std::move(open_.back());
    open_.pop_back();
    run_ = {};
    if (paragraph.in_link) paragraph.html += "</a>";
    if (text::plain_text(paragraph.html).empty()) return;
    if (!open_.empty()) {  // a text box: its paragraph goes on around it
      open_.back().html += ' ' + paragraph.html + ' ';
    } else if (paragraph.style == "title" && title_.empty()) {
      title_ = text::plain_text(paragraph.html);
    } else if (paragraph.list && !heading_of(paragraph.style)) {
      begin_list(*paragraph.list == "bullet" ? "ul" : "ol");
      write("<li>" + paragraph.html + "</li>");
    } else {
      end_list();
      write_block(paragraph);
    }
  }

  static std::optional<char> heading_of(std::string_view style) {
    constexpr std::string_view kPrefix = "heading ";
    const bool is_heading = style.starts_with(kPrefix) && style.size() == kPrefix.size() + 1;
    if (!is_heading || style.back() < '1' || style.back() > '6') return std::nullopt;
    return style.back();
  }

  void write_block(const Paragraph& paragraph) {
    std::string tag = "p";
    if (const auto level = heading_of(paragraph.style)) tag = std::string("h") + *level;
    if (paragraph.style == "quote" || paragraph.style == "intense quote") tag = "blockquote";
    write("<" + tag + ">" + paragraph.html + "</" + tag + ">\n");
  }

  void begin_list(std::string_view tag) {
    if (list_ == tag) return;
    end_list();
    list_ = tag;
    write("<" + list_ + ">");
  }
  void end_list() {
    if (!list_.empty()) write("</" + list_ + ">\n");
    list_.clear();
  }

  void write(std::string_view html) {
    if (html_.size() + html.size() <= limits_.html_bytes_max) html_ += html;
  }

  const References& references_;
  const DocxLimits limits_;
  std::vector<Paragraph> open_;  // nested in text boxes only
  Run run_;
  std::string html_, title_, list_;
  std::size_t skipped_ = 0;  // depth inside what is left out
  bool is_text_ = false;
};

// docProps/core.xml (ECMA-376 part 2, §11).
void take_properties(std::string_view xml, std::size_t depth_max, Entry& entry) {
  std::string value;
  const auto take = [&](std::string_view name) {
    const std::string text = text::collapsed(value);
    if (text.empty()) return;
    if (name == "title" && !istarts_with(text, "microsoft word")) entry.title = text;
    if (name == "creator") {
      for (const std::string_view part : split(text, ';')) {
        if (!trim(part).empty()) entry.authors.push_back({.name = std::string(trim(part))});
      }
    }
    if (name == "language") entry.language = text;
    if (name == "created") entry.published = text::parse_feed_date(text);
    if (name == "modified") entry.updated = text::parse_feed_date(text);
  };
  const Result<void> walked =
      walk_xml(xml,
               {.start = [&](std::string_view, const XmlAttributes&) { value.clear(); },
                .end =
                    [&](std::string_view name) {
                      take(name);
                      value.clear();
                    },
                .text =
                    [&](std::string_view characters) {
                      if (value.size() < 4'096) value += characters;
                    }},
               depth_max);
  if (!walked) entry.title.clear();  // half a list of properties is none
}

}  // namespace

Result<Entry> read_docx(std::string_view bytes, const DocxLimits& limits) {
  const auto not_a_docx = [](std::string message) {
    return Error{ErrorKind::InvalidInput, std::move(message), "not_a_docx"};
  };
  const Result<ZipArchive> archive = ZipArchive::open(bytes);
  if (!archive) return not_a_docx(archive.error().message);
  const Result<std::string> body = archive->read("word/document.xml", limits.part_bytes_max);
  if (!body && body.error().kind == ErrorKind::NotFound)
    return not_a_docx("The archive is no Word document: it has no word/document.xml.");
  if (!body) return body.error();

  const References references{
      .styles = part(*archive, "word/styles.xml", limits, read_styles),
      .links = part(*archive, "word/_rels/document.xml.rels", limits, read_links),
      .list_formats = part(*archive, "word/numbering.xml", limits, read_list_formats)};
  BodyWriter writer(references, limits);
  TRY(walk_xml(*body,
               {.start = [&](std::string_view name,
                             const XmlAttributes& attributes) { writer.start(name, attributes); },
                .end = [&](std::string_view name) { writer.end(name); },
                .text = [&](std::string_view characters) { writer.text(characters); }},
               limits.depth_max));
  Entry entry;
  if (const auto properties = archive->read("docProps/core.xml", limits.part_bytes_max))
    take_properties(*properties, limits.depth_max, entry);
  if (entry.title.empty()) entry.title = writer.title();
  entry.content_html = std::move(writer).html();
  return entry;
}

}  // namespace tidings::parse
