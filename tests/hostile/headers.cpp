// Header fields that are absurd, endless in number, or meant for somebody else.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

std::function<Play(const Cell&)> with(std::string lines) {
  return [lines](const Cell& cell) {
    return answers_raw(cell, answer(cell.form, document(cell.form), lines));
  };
}

std::function<Play(const Cell&)> failing_with(std::string status, std::string lines) {
  return [status, lines](const Cell& cell) {
    return answers_raw(cell, head(cell.form, "Content-Length: 0\r\n" + lines, status));
  };
}

HostileBehavior caching(std::string name, std::string lines) {
  return {"lifetime-" + name, with(std::move(lines)), is_read()};
}

HostileBehavior patience(std::string name, std::string value) {
  return {"retry-after-" + name,
          failing_with("503 Service Unavailable", "Retry-After: " + std::move(value) + "\r\n"),
          fails({"http_503"})};
}

HostileBehavior validator(std::string name, std::string value) {
  HostileBehavior behavior{"etag-" + name, with("ETag: " + std::move(value) + "\r\n"), is_read()};
  return behavior;
}

}  // namespace

Behaviors headers() {
  const Expected too_large = fails({"too_large"});
  return {
      {"cookies-by-the-hundred", with(repeated("Set-Cookie: a=b; Domain=.test; Path=/\r\n", 500)),
       is_read()},
      {"cookies-by-the-hundred-thousand", with(repeated("Set-Cookie: a=b; Path=/\r\n", 100'000)),
       too_large},
      {"a-cookie-of-a-megabyte", with("Set-Cookie: a=" + repeated("b", 1'000'000) + "\r\n"),
       too_large},
      {"headers-by-the-thousand", with(repeated("X: a\r\n", 8'000)), is_read()},
      {"header-of-ninety-kilobytes", with("X: " + repeated("a", 90'000) + "\r\n"), too_large},
      {"header-without-a-colon", with("this is no header\r\n"), is_read(3, 3, {"bad_response"})},
      {"header-without-a-name", with(": a\r\n"), is_read(3, 3, {"bad_response"})},
      {"header-with-a-zero-byte", with(std::string("X: a\0b\r\n", 8)),
       is_read(3, 3, {"bad_response"})},
      {"header-with-a-blank-in-its-name", with("Content-Encoding : gzip\r\n"),
       is_read(3, 3, {"bad_response"})},
      {"header-folded-first",
       [](const Cell& cell) {
         return answers_raw(cell,
                            "HTTP/1.1 200 OK\r\n folded: first\r\nContent-Length: 500\r\n\r\n" +
                                document(cell.form));
       },
       fails({"bad_response"})},
      {"content-type-of-sixty-kilobytes",
       [](const Cell& cell) {
         return answers_raw(cell, "HTTP/1.1 200 OK\r\nContent-Type: " + repeated("a/", 30'000) +
                                      "\r\n\r\n" + document(cell.form));
       },
       is_read()},
      {"content-type-of-a-program",
       [](const Cell& cell) {
         publisher::Behavior behavior = feed(cell.form);
         behavior.content_type = "application/x-msdownload";
         return answers(cell, std::move(behavior));
       },
       is_read()},
      patience("of-1e30", "1e30"),
      patience("of-forty-digits", repeated("9", 40)),
      patience("negative", "-1"),
      patience("of-nothing", ""),
      patience("in-the-past", "Sun, 06 Nov 1994 08:49:37 GMT"),
      patience("in-the-year-9999", "Fri, 31 Dec 9999 23:59:59 GMT"),
      patience("of-garbage", "soon\x01\xFF"),
      patience("of-a-hundred-years", "3153600000"),
      {"too-many-requests-for-ever",
       failing_with("429 Too Many Requests", "Retry-After: 99999999999\r\n"), fails({"http_429"})},
      caching("of-1e30", "Cache-Control: max-age=1e30\r\n"),
      caching("of-forty-digits", "Cache-Control: max-age=" + repeated("9", 40) + "\r\n"),
      caching("negative", "Cache-Control: max-age=-5\r\nAge: -7\r\n"),
      caching("already-over", "Cache-Control: max-age=5\r\nAge: " + repeated("9", 30) + "\r\n"),
      caching("in-the-year-9999", "Expires: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
      caching("before-time",
              "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n"
              "Expires: Mon, 01 Jan 0001 00:00:00 GMT\r\n"),
      caching("after-time",
              "Date: Mon, 01 Jan 0001 00:00:00 GMT\r\n"
              "Expires: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
      caching("of-the-32nd", "Date: Sun, 32 Nov 1994 28:79:97 GMT\r\nExpires: 0\r\n"),
      caching("of-garbage", "Cache-Control: ,,,max-age,=5,max-age==\"\",\"\r\nExpires: \xFF\r\n"),
      caching("said-ten-thousand-times",
              "Cache-Control: " + repeated("max-age=x,", 5'000) + "max-age=5\r\n"),
      validator("of-a-kilobyte", "\"" + repeated("a", 1'000) + "\""),
      validator("of-fifty-kilobytes", "\"" + repeated("a", 50'000) + "\""),
      {"etag-of-a-megabyte", with("ETag: \"" + repeated("a", 1'000'000) + "\"\r\n"), too_large},
      validator("of-control-characters", "\"a\x01\x02\x1F\x7F\""),
      validator("of-bytes", "\"\xFF\xFE\x80\""),
      validator("of-nothing", ""),
      {"validators-that-churn",
       [](const Cell& cell) {
         Play play;
         Page page{.host = cell.host()};
         for (int i = 0; i < 3; ++i) {
           publisher::Behavior behavior = feed(cell.form);
           behavior.etag = "\"" + std::to_string(i) + "\"";
           behavior.last_modified = "a day like any other";
           page.answers.push_back(std::move(behavior));
         }
         play.pages.push_back(std::move(page));
         play.visits = 3;
         return play;
       },
       is_read()},
  };
}

}  // namespace tidings::hostile
