// Entries that are all the same, never the same, or lead to further pages without end.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

using Body = std::string (*)(Form);

std::function<Play(const Cell&)> sends(Body body) {
  return [body](const Cell& cell) { return answers(cell, feed(cell.form, body(cell.form))); };
}

std::string many(Form form, std::size_t count, EntryText (*one)(std::size_t)) {
  std::string text = open(form);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text.append(between(form));
    text += entry(form, one(i));
  }
  return text + close(form);
}

// Other ids for the same articles, each time it is asked.
Play churning_ids(const Cell& cell) {
  Play play;
  Page page{.host = cell.host()};
  for (int i = 0; i < 3; ++i) {
    page.answers.push_back(
        feed(cell.form, document(cell.form, 5, "urn:" + std::to_string(i) + ":")));
  }
  play.pages.push_back(std::move(page));
  play.visits = 3;
  return play;
}

// Other texts for the same ids, each time it is asked.
Play churning_texts(const Cell& cell) {
  Play play;
  Page page{.host = cell.host()};
  for (int i = 0; i < 3; ++i) {
    page.answers.push_back(
        feed(cell.form, document_with(cell.form, {.title = "Take " + std::to_string(i)})));
  }
  play.pages.push_back(std::move(page));
  play.visits = 3;
  return play;
}

// Pages that each name the next (RFC 5005 §3), none of which we are to follow on our own.
Play pages_without_end(const Cell& cell) {
  const std::string next = "http://forbidden.test/page/2";
  std::string text = document(cell.form);
  if (is_xml(cell.form)) {
    const std::string link =
        "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"next\" href=\"" + next +
        "\"/>";
    text.insert(text.find("</title>") + 8, link);
  } else {
    text.insert(1, "\"next_url\":\"" + next + "\",");
  }
  return answers(cell, feed(cell.form, text));
}

// Hubs, icons and images that lead elsewhere: a fetch of a feed is one request.
Play mentions_everything(const Cell& cell) {
  const std::string to = "http://forbidden.test/";
  std::string text = document(cell.form);
  if (is_xml(cell.form)) {
    const std::string links =
        "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" href=\"" + to +
        "\"/><image><url>" + to + "</url></image><icon>" + to + "</icon><logo>" + to + "</logo>";
    text.insert(text.find("</title>") + 8, links);
  } else {
    text.insert(1, "\"hubs\":[{\"type\":\"WebSub\",\"url\":\"" + to + "\"}],\"icon\":\"" + to +
                       "\",\"favicon\":\"" + to + "\",\"feed_url\":\"" + to + "\",");
  }
  return answers(cell, feed(cell.form, text));
}

}  // namespace

Behaviors identities() {
  const Bounds bounds{
      .time = std::chrono::seconds(25), .bytes_sent = kBodyBytesSent, .megabytes = 8};
  return {
      {"ids-all-the-same", sends([](Form form) {
         return many(form, 3'000, [](std::size_t i) {
           return EntryText{.id = "same", .title = std::to_string(i)};
         });
       }),
       is_read(1, 3'000), is_read(1, 3'000), bounds},
      {"ids-empty", sends([](Form form) {
         return many(form, 3'000,
                     [](std::size_t) { return EntryText{.id = "", .title = "", .content = ""}; });
       }),
       is_read(0, 3'000), is_read(0, 3'000), bounds},
      {"ids-of-ten-kilobytes", sends([](Form form) {
         return many(form, 300, [](std::size_t i) {
           return EntryText{.id = repeated("x", 10'000) + std::to_string(i)};
         });
       }),
       is_read(1, 300), is_read(1, 300), bounds},
      {"ids-of-controls", sends([](Form form) {
         return many(form, 10, [](std::size_t i) {
           return EntryText{.id = "a\x01\xFF\xC0" + std::to_string(i)};
         });
       }),
       is_read(1, 10), is_read(1, 10), bounds},
      {"ids-that-churn", churning_ids, is_read(5, 15), is_read(5, 15), bounds},
      {"texts-that-churn", churning_texts, is_read(1, 3), is_read(1, 3), bounds},
      {"pages-without-end", pages_without_end, is_read(), is_read(), bounds},
      {"mentions-everything", mentions_everything, is_read(), is_read(), bounds},
      {"dates-of-all-time", sends([](Form form) {
         return many(form, 100, [](std::size_t i) {
           const std::string date = std::to_string(i * 100) + "-13-45T99:99:99+99:99";
           EntryText text{.id = std::to_string(i)};
           text.extra = "<pubDate>" + date + "</pubDate>";
           return text;
         });
       }),
       is_read(100, 100), fails({"not_a_feed"}), bounds},
      {"addresses-of-every-scheme", sends([](Form form) {
         return many(form, 4, [](std::size_t i) {
           constexpr const char* kIds[] = {"javascript:alert(1)", "file:///etc/passwd",
                                           "http://[::1]/", "data:text/html,x"};
           return EntryText{.id = kIds[i]};
         });
       }),
       is_read(1, 4), is_read(1, 4), bounds},
  };
}

}  // namespace tidings::hostile
