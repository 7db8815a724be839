#include "pipeline/documents.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/json_writer.h"
#include "core/strings.h"
#include "extract/extract.h"
#include "html/document.h"
#include "parse/docx.h"
#include "parse/mail.h"
#include "parse/text_document.h"
#include "text/charset.h"
#include "text/date.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::pipeline {
namespace {

enum class Kind : std::uint8_t { Unknown, Docx, Pdf, Html, Json, Message, Text };

constexpr std::array<std::pair<std::string_view, Kind>, 11> kEndings = {{
    {".docx", Kind::Docx},
    {".pdf", Kind::Pdf},
    {".html", Kind::Html},
    {".htm", Kind::Html},
    {".xhtml", Kind::Html},
    {".json", Kind::Json},
    {".eml", Kind::Message},
    {".txt", Kind::Text},
    {".text", Kind::Text},
    {".md", Kind::Text},
    {".markdown", Kind::Text},
}};
constexpr std::array<std::pair<std::string_view, Kind>, 5> kBeginnings = {{
    {"%PDF-", Kind::Pdf},
    {"PK\x03\x04", Kind::Docx},
    {"<!doctype html", Kind::Html},
    {"<html", Kind::Html},
    {"{", Kind::Json},
}};

Kind kind_of_file(const DocumentFile& file) {
  const std::string name = to_lower(file.name);
  for (const auto& [ending, kind] : kEndings) {
    if (name.ends_with(ending)) return kind;
  }
  const std::string_view beginning = trim(file.bytes.substr(0, 1'024));
  for (const auto& [begins, kind] : kBeginnings) {
    if (istarts_with(beginning, begins)) return kind;
  }
  return Kind::Unknown;
}

Result<std::string> as_utf8(std::string_view bytes) {
  const text::DecodedText decoded = TRY(text::decode_document(bytes, {}, 3 * kDocumentBytesMax));
  return text::repaired_text(decoded.text());
}

Result<Entry> read_page(std::string_view bytes) {
  return entry_of(TRY(extract::extract_page({.bytes = bytes, .content_type = {}, .url = {}})));
}

// Lines of a printed page as paragraphs: a blank line or the page's end parts them, and a word that
// was divided at the end of its line is whole again.
std::string html_of_printed_lines(std::string_view lines) {
  std::string plain;
  for (std::string_view rest = lines; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("\n\f"), rest.size());
    const bool ends_page = end < rest.size() && rest[end] == '\f';
    const std::string_view line = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool goes_on = !plain.empty() && plain.back() != '\n';
    if (line.empty() || ends_page) {
      plain += std::string(goes_on && !line.empty() ? " " : "") + std::string(line) + "\n\n";
    } else if (goes_on && plain.ends_with('-') && line[0] >= 'a' && line[0] <= 'z') {
      plain.pop_back();
      plain += line;
    } else {
      plain += std::string(goes_on ? " " : "") + std::string(line);
    }
  }
  return parse::html_of_plain_text(plain);
}

// "D:20261123120000+01'00'" (ISO 32000-1, 7.9.4), of which the day and the time count.
std::optional<Time> pdf_date(std::string_view text) {
  if (text.starts_with("D:")) text.remove_prefix(2);
  if (text.size() < 8 || !std::ranges::all_of(text.substr(0, 8), is_digit))
    return text::parse_feed_date(text);
  std::string date(text.substr(0, 4));
  date += "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6, 2));
  if (text.size() >= 14 && std::ranges::all_of(text.substr(8, 6), is_digit)) {
    date += "T" + std::string(text.substr(8, 2)) + ":" + std::string(text.substr(10, 2)) + ":" +
            std::string(text.substr(12, 2));
    const bool has_zone = text.size() >= 20 && (text[14] == '+' || text[14] == '-');
    date +=
        has_zone ? std::string(text.substr(14, 3)) + ":" + std::string(text.substr(18, 2)) : "Z";
  }
  return text::parse_feed_date(date);
}

Result<Entry> read_pdf(std::string_view bytes, const DocumentConverter& converter) {
  const std::string html = TRY(converter.pdf_to_html(bytes));
  const html::Document page = html::Document::parse(html, {.bytes_max = html.size()});
  Entry entry;
  std::string lines;
  for (html::NodeId id = 0; id < page.size(); ++id) {
    const html::Node& node = page[id];
    const std::string_view content = html::attribute(node, "content");
    const std::string_view name = html::attribute(node, "name");
    if (node.tag == html::Tag::Title) entry.title = trim(html::text_content(page, id));
    if (node.tag == html::Tag::Pre) lines += html::text_content(page, id) + "\n\n";
    if (node.tag != html::Tag::Meta || trim(content).empty()) continue;
    if (iequals(name, "Author")) entry.authors.push_back({.name = std::string(trim(content))});
    if (iequals(name, "CreationDate")) entry.published = pdf_date(trim(content));
    if (iequals(name, "ModDate")) entry.updated = pdf_date(trim(content));
  }
  entry.content_html = html_of_printed_lines(lines);
  // What printing programs call a file that has no name.
  if (istarts_with(entry.title, "microsoft word") || iequals(entry.title, "untitled"))
    entry.title.clear();
  if (entry.content_html.empty()) {
    return Error{ErrorKind::InvalidInput,
                 "The PDF has no text; it may be a scan, which needs character recognition first.",
                 "not_a_pdf"};
  }
  return entry;
}

Result<Entry> read_by_kind(const DocumentFile& file, const DocumentConverter& converter) {
  switch (kind_of_file(file)) {
    case Kind::Docx:
      return parse::read_docx(file.bytes);
    case Kind::Pdf:
      return read_pdf(file.bytes, converter);
    case Kind::Html:
      return read_page(file.bytes);
    case Kind::Json:
      return parse::read_json_article(TRY(as_utf8(file.bytes)));
    case Kind::Message:
      return parse::read_message(file.bytes);
    case Kind::Text:
      return parse::read_text_document(TRY(as_utf8(file.bytes)));
    case Kind::Unknown:
      break;
  }
  return Error{
      ErrorKind::InvalidInput,
      "The file is of no kind that can be read: docx, pdf, html, json, eml, txt and md are.",
      "unknown_document"};
}

// "annual_report-2026.pdf" → "annual report 2026".
std::string title_of_name(std::string_view name) {
  std::string title(name.substr(name.rfind('/') + 1));
  if (const std::size_t dot = title.rfind('.'); dot != std::string::npos && dot > 0)
    title.resize(dot);
  std::ranges::replace(title, '_', ' ');
  std::ranges::replace(title, '-', ' ');
  return text::collapsed(title);
}

}  // namespace

Result<Entry> read_document(const DocumentFile& file, const DocumentConverter& converter) {
  if (trim(file.bytes).empty())
    return Error{ErrorKind::InvalidInput, "The file is empty.", "unknown_document"};
  Entry entry = TRY(read_by_kind(file, converter));
  entry.id = std::string(file.name);
  entry.id_is_url = false;
  if (entry.title.empty()) entry.title = title_of_name(file.name);
  if (!entry.published) entry.published = entry.updated.value_or(file.modified_at);
  return entry;
}

Entry entry_of(extract::ExtractedPage page) {
  Entry entry{.url = std::move(page.url),
              .title = std::move(page.title),
              .content_html = std::move(page.html),
              .image = std::move(page.image),
              .language = std::move(page.language)};
  if (page.published) entry.published = page.published->time;
  if (page.modified) entry.updated = page.modified->time;
  for (std::string& name : page.authors) entry.authors.push_back({.name = std::move(name)});
  return entry;
}

std::string document_json(std::string_view name, const Entry& entry) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("name", name);
  json.field("title", entry.title);
  json.key("authors");
  json.begin_array();
  for (const Person& author : entry.authors) json.value(author.name);
  json.end_array();
  if (entry.published) json.field("published", *entry.published);
  if (entry.updated) json.field("updated", *entry.updated);
  json.field_if("url", entry.url);
  json.field_if("language", entry.language);
  json.field("html", entry.content_html);
  json.field("text", text::plain_text(entry.content_html));
  json.end_object();
  return out;
}

}  // namespace tidings::pipeline
