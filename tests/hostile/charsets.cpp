// Labels, marks and bytes that contradict each other.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

const Expected kAnything = is_read(0, 3, {"not_a_feed", "unknown_charset", "bad_response"});

std::function<Play(const Cell&)> says(std::string type_parameters,
                                      std::function<std::string(Form)> body) {
  return [type_parameters, body](const Cell& cell) {
    publisher::Behavior behavior = feed(cell.form, body(cell.form));
    behavior.content_type += type_parameters;
    return answers(cell, std::move(behavior));
  };
}

std::string plain(Form form) {
  return document(form);
}

// Each byte as a code unit of so many bytes, the lowest first.
std::string widened(std::string_view text, std::size_t bytes_each) {
  std::string wide;
  for (const char c : text) wide.append(1, c).append(bytes_each - 1, '\0');
  return wide;
}

std::function<std::string(Form)> with_title(std::string title) {
  return [title](Form form) { return document_with(form, {.title = title}); };
}

}  // namespace

Behaviors charsets() {
  return {
      {"charset-unknown", says("; charset=klingon", plain), is_read()},
      {"charset-of-sixty-thousand-letters", says("; charset=" + repeated("x", 60'000), plain),
       is_read()},
      {"charset-in-quotes-that-do-not-end", says("; charset=\"utf-8", plain), is_read()},
      {"charset-utf-7", says("; charset=utf-7", plain), is_read()},
      {"charset-named-a-thousand-times", says(repeated("; charset=utf-16", 1000), plain),
       kAnything},
      {"says-utf-16-is-utf-8", says("; charset=utf-16", plain), is_read(3, 3)},
      {"says-utf-32-is-utf-8", says("; charset=utf-32", plain), is_read(3, 3)},
      {"says-utf-8-is-utf-16",
       says("; charset=utf-8", [](Form form) { return widened(document(form), 2); }), kAnything},
      {"says-utf-8-is-utf-32",
       says("; charset=utf-8", [](Form form) { return widened(document(form), 4); }), kAnything},
      {"says-ebcdic", says("; charset=ibm037", plain), kAnything},
      {"mark-of-utf-16-before-utf-8",
       says("", [](Form form) { return "\xFF\xFE" + document(form); }), kAnything},
      {"mark-of-big-utf-16-before-utf-8",
       says("", [](Form form) { return "\xFE\xFF" + document(form); }), kAnything},
      {"mark-of-utf-32-before-utf-8",
       says("", [](Form form) { return std::string("\xFF\xFE\x00\x00", 4) + document(form); }),
       kAnything},
      {"mark-of-utf-8-before-utf-16",
       says("", [](Form form) { return "\xEF\xBB\xBF" + widened(document(form), 2); }), kAnything},
      {"marks-by-the-thousand",
       says("", [](Form form) { return repeated("\xEF\xBB\xBF", 5000) + document(form); }),
       kAnything},
      {"utf-16-of-odd-length",
       says("", [](Form form) { return "\xFF\xFE" + widened(document(form), 2) + "x"; }), is_read(),
       is_read(3, 3, {"not_a_feed"})},
      {"utf-16-of-lone-surrogates",
       says("",
            [](Form form) {
              return "\xFF\xFE" + widened(open(form), 2) + repeated("\x00\xD8", 100'000) +
                     widened(close(form), 2);
            }),
       kAnything},
      {"zero-bytes-in-the-title", says("", with_title(std::string("a\0b\0c", 5))),
       is_read(0, 1, {"not_a_feed"})},
      {"zero-bytes-between-all",
       says("",
            [](Form form) {
              std::string text;
              for (const char c : document(form)) text.append(1, c).append(3, '\0');
              return text;
            }),
       kAnything},
      {"zero-bytes-alone", says("", [](Form) { return std::string(1'000'000, '\0'); }),
       fails({"not_a_feed"})},
      {"control-characters-alone",
       says("", with_title("\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0C\x0E\x1F\x7F")),
       is_read(1, 1, {"not_a_feed"})},
      {"utf-8-overlong", says("", with_title("\xC0\xBCscript\xE0\x80\xBE\xF0\x80\x80\xBC")),
       is_read(1, 1)},
      {"utf-8-of-surrogates", says("", with_title("\xED\xA0\x80\xED\xB0\x80")), is_read(1, 1)},
      {"utf-8-beyond-unicode", says("", with_title("\xF4\x90\x80\x80\xFF\xFE\xF8\x88\x80\x80\x80")),
       is_read(1, 1)},
      {"utf-8-cut-everywhere", says("", with_title(repeated("\xE2\x82", 50'000))), is_read(1, 1)},
      {"iso-2022-with-endless-escapes",
       says("; charset=iso-2022-jp", with_title(repeated("\x1B$B\x1B(B", 50'000))),
       is_read(0, 1, {"not_a_feed"})},
      {"right-to-left-marks",
       says("", with_title(repeated("\xE2\x80\xAE", 10'000) + repeated("\xCC\x81", 10'000))),
       is_read(1, 1)},
  };
}

}  // namespace tidings::hostile
