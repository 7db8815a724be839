#include "core/page_address.h"

#include <gtest/gtest.h>

namespace tidings {
namespace {

TEST(PageAddress, IsOneForAllSpellingsOfAPage) {
  const struct {
    std::string_view why, a, b;
  } same[] = {
      {"the scheme", "http://a.example/x", "https://a.example/x"},
      {"www", "https://www.a.example/x", "https://a.example/x"},
      {"the mobile site", "https://m.a.example/x", "https://www.a.example/x"},
      {"a slash at the end", "https://a.example/x/", "https://a.example/x"},
      {"an index page", "https://a.example/x/index.html", "https://a.example/x/"},
      {"AMP behind", "https://a.example/x/amp/", "https://a.example/x/"},
      {"AMP before", "https://a.example/amp/x", "https://a.example/x"},
      {"AMP as a host", "https://amp.a.example/x", "https://www.a.example/x"},
      {"AMP as a parameter", "https://a.example/x?id=1&amp=1", "https://a.example/x?id=1"},
      {"AMP in the name", "https://a.example/x.amp.html", "https://a.example/x.html"},
      {"an AMP cache", "https://www-a-example.cdn.ampproject.org/c/s/www.a.example/x/amp",
       "https://a.example/x"},
      {"an AMP viewer", "https://www.google.com/amp/s/a.example/x", "https://a.example/x"},
      {"a session", "https://a.example/x?PHPSESSID=1f&id=2", "https://a.example/x?id=2"},
      {"a session in the path", "https://a.example/x;jsessionid=1F?id=2",
       "https://a.example/x?id=2"},
      {"the host's own page", "https://a.example/", "https://a.example"},
  };
  for (const auto& c : same) EXPECT_TRUE(is_same_page(c.a, c.b)) << c.why;
  const struct {
    std::string_view why, a, b;
  } other[] = {
      {"the host", "https://a.example/x", "https://b.example/x"},
      {"a port", "https://a.example:8080/x", "https://a.example/x"},
      {"the path", "https://a.example/x", "https://a.example/y"},
      {"case of the path", "https://a.example/x", "https://a.example/X"},
      {"a parameter", "https://a.example/?p=1", "https://a.example/?p=2"},
      {"a fragment", "https://a.example/x#1", "https://a.example/x#2"},
      {"a name that begins so", "https://www.example/x", "https://example/x"},
      {"a page that is called so", "https://a.example/amp", "https://a.example/"},
      {"none", "", ""},
  };
  for (const auto& c : other) EXPECT_FALSE(is_same_page(c.a, c.b)) << c.why;
}

TEST(PageAddress, TakesTextsThatAreNone) {
  EXPECT_EQ(page_address("tag:a.example,2026:1").path, "tag:a.example,2026:1");
  EXPECT_EQ(page_address("https://").to_string(), "");
  EXPECT_EQ(page_address("https://A.example?x#y").to_string(), "a.example?x#y");
}

}  // namespace
}  // namespace tidings
