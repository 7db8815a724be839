#include <algorithm>
#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/strings.h"
#include "core/time.h"
#include "core/xml_text.h"
#include "sources/opml.h"

namespace tidings::sources {
namespace {

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  out += xml_attribute(value);
  out += '"';
}

void append_attribute_if(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) append_attribute(out, name, value);
}

void append_topics(std::string& out, const std::vector<std::string>& topics) {
  append_attribute_if(out, "category", join(topics, ","));
  const bool is_plain = std::all_of(topics.begin(), topics.end(), [](const std::string& topic) {
    return topic.find(',') == std::string::npos && !topic.starts_with('/');
  });
  if (!is_plain) append_attribute(out, "tidings:topics", join(topics, "\n"));
}

void append_feed(std::string& out, const Source& source) {
  const SourceSettings& settings = source.settings;
  out += "<outline type=\"rss\"";
  append_attribute(out, "text", source.title());
  append_attribute_if(out, "title", settings.title);
  append_attribute(out, "xmlUrl", settings.url);
  append_attribute_if(out, "htmlUrl", settings.site_url);
  append_attribute_if(out, "language", settings.language);
  append_topics(out, settings.topics);
  append_attribute_if(out, "tidings:country", settings.country);
  if (settings.title.empty()) append_attribute(out, "tidings:title", "feed");
  if (!settings.enabled) append_attribute(out, "tidings:enabled", "false");
  if (settings.interval) {
    append_attribute(out, "tidings:interval", std::to_string(settings.interval->count()));
  }
  out += "/>\n";
}

using FolderPath = std::span<const std::string>;

// The reader's depth holds for what we write too: folders below it are left out.
FolderPath folder_path(const Source& source) {
  const FolderPath path = source.settings.folder;
  return path.first(std::min(path.size(), kOpmlDepthMax - 1));
}

void append_indent(std::string& out, std::size_t depth) {
  out.append(4 + 2 * depth, ' ');
}

// Closes the folders that `to` is not in, and opens those that it is in.
void change_folder(std::string& out, FolderPath from, FolderPath to) {
  const auto same = static_cast<std::size_t>(
      std::mismatch(from.begin(), from.end(), to.begin(), to.end()).first - from.begin());
  for (std::size_t depth = from.size(); depth > same; --depth) {
    append_indent(out, depth - 1);
    out += "</outline>\n";
  }
  for (std::size_t depth = same; depth < to.size(); ++depth) {
    append_indent(out, depth);
    out += "<outline";
    append_attribute(out, "text", to[depth]);
    out += ">\n";
  }
}

}  // namespace

std::string write_opml(std::span<const Source> sources, Time now) {
  std::vector<const Source*> ordered;
  ordered.reserve(sources.size());
  for (const Source& source : sources) ordered.push_back(&source);
  // Each folder's feeds stand together, in their order, before its folders. All pointers are into
  // one array, so that comparing them keeps that order.
  std::sort(ordered.begin(), ordered.end(), [](const Source* a, const Source* b) {
    const auto order = a->settings.folder <=> b->settings.folder;
    return order != 0 ? order < 0 : a < b;
  });

  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<opml version=\"2.0\" xmlns:tidings=\"urn:tidings:opml\">\n"
      "  <head>\n    <title>Tidings feeds</title>\n    <dateCreated>";
  out += format_http_date(now);
  out += "</dateCreated>\n  </head>\n  <body>\n";
  FolderPath folder;
  for (const Source* source : ordered) {
    const FolderPath next = folder_path(*source);
    change_folder(out, folder, next);
    folder = next;
    append_indent(out, folder.size());
    append_feed(out, *source);
  }
  change_folder(out, folder, {});
  out += "  </body>\n</opml>\n";
  return out;
}

}  // namespace tidings::sources
