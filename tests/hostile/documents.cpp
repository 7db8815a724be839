#include "tests/hostile/documents.h"

#include <utility>

namespace tidings::hostile {

std::string_view name_of(Form form) {
  switch (form) {
    case Form::Rss:
      return "rss";
    case Form::Atom:
      return "atom";
    case Form::Rdf:
      return "rdf";
    case Form::Json:
      return "json";
  }
  return "";
}

std::string_view content_type(Form form) {
  switch (form) {
    case Form::Rss:
      return "application/rss+xml";
    case Form::Atom:
      return "application/atom+xml";
    case Form::Rdf:
      return "application/rdf+xml";
    case Form::Json:
      return "application/feed+json";
  }
  return "";
}

std::string open(Form form, std::string_view doctype, std::string_view root_attributes) {
  if (form == Form::Json) {
    return R"({"version":"https://jsonfeed.org/version/1.1","title":"A feed",)"
           R"("home_page_url":"https://good.example/","items":[)";
  }
  std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  text.append(doctype);
  const std::string attributes(root_attributes);
  switch (form) {
    case Form::Rss:
      return text + "<rss version=\"2.0\"" + attributes +
             "><channel><title>A feed</title><link>https://good.example/</link>";
    case Form::Atom:
      return text + "<feed xmlns=\"http://www.w3.org/2005/Atom\"" + attributes +
             "><title>A feed</title><id>urn:a-feed</id>";
    default:
      return text +
             "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
             " xmlns=\"http://purl.org/rss/1.0/\"" +
             attributes +
             "><channel rdf:about=\"https://good.example/\"><title>A feed</title></channel>";
  }
}

std::string entry(Form form, const EntryText& text) {
  switch (form) {
    case Form::Rss:
      return "<item><guid isPermaLink=\"false\">" + text.id + "</guid><title>" + text.title +
             "</title><description>" + text.content + "</description>" + text.extra + "</item>";
    case Form::Atom:
      return "<entry><id>" + text.id + "</id><title>" + text.title +
             "</title><content type=\"html\">" + text.content + "</content>" + text.extra +
             "</entry>";
    case Form::Rdf:
      return "<item rdf:about=\"" + text.id + "\"><title>" + text.title + "</title><description>" +
             text.content + "</description>" + text.extra + "</item>";
    case Form::Json:
      return R"({"id":")" + text.id + R"(","title":")" + text.title + R"(","content_html":")" +
             text.content + "\"" + text.extra + "}";
  }
  return {};
}

std::string close(Form form) {
  switch (form) {
    case Form::Rss:
      return "</channel></rss>\n";
    case Form::Atom:
      return "</feed>\n";
    case Form::Rdf:
      return "</rdf:RDF>\n";
    case Form::Json:
      return "]}\n";
  }
  return {};
}

std::string_view between(Form form) {
  return form == Form::Json ? "," : "";
}

std::string document(Form form, std::size_t entries, std::string_view ids) {
  std::string text = open(form);
  for (std::size_t i = 1; i <= entries; ++i) {
    if (i > 1) text.append(between(form));
    const std::string number = std::to_string(i);
    text += entry(form, {.id = std::string(ids) + number, .title = "Entry " + number});
  }
  return text + close(form);
}

std::string document_with(Form form, const EntryText& text, std::string_view doctype,
                          std::string_view root_attributes) {
  return open(form, doctype, root_attributes) + entry(form, text) + close(form);
}

std::string head(Form form, std::string_view headers, std::string_view status) {
  std::string text = "HTTP/1.1 ";
  text.append(status).append("\r\nContent-Type: ").append(content_type(form)).append("\r\n");
  return text.append(headers).append("\r\n");
}

std::string answer(Form form, std::string_view body, std::string_view headers) {
  const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return head(form, length + std::string(headers)).append(body);
}

publisher::Behavior feed(Form form, std::string body) {
  return publisher::feed(std::move(body), std::string(content_type(form)));
}

publisher::Behavior feed(Form form) {
  return feed(form, document(form));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  while (times-- > 0) all.append(text);
  return all;
}

}  // namespace tidings::hostile
