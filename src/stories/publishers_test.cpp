#include "stories/publishers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::stories {
namespace {

using testing::HasSubstr;

TEST(PublisherFamilies, KnowsEditionsOfOnePublisher) {
  const PublisherFamilies& shipped = PublisherFamilies::shipped();
  struct Case {
    const char* why;
    const char* url;
    const char* publisher;
  };
  const Case cases[] = {
      {"one edition", "https://www.bbc.co.uk/news/1", "BBC"},
      {"another", "https://bbc.com/mundo/2", "BBC"},
      {"a host below a domain", "https://edition.cnn.com/a", "CNN"},
      {"a host with a line of its own", "https://cnnportugal.iol.pt/a", "CNN"},
      {"its domain belongs to nobody", "https://tvi.iol.pt/a", "iol.pt"},
      {"the registrable domain of others", "https://news.example.co.uk/a", "example.co.uk"},
      {"an address by number", "http://127.0.0.1:8080/a", "127.0.0.1"},
      {"a name that only ends alike", "https://notbbc.com/", "notbbc.com"},
      {"no address", "", ""},
      {"no web address", "mailto:a@bbc.com", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(shipped.publisher_of(c.url), c.publisher) << c.why;
}

TEST(PublisherFamilies, TakesLinesOfOnesOwn) {
  PublisherFamilies families = PublisherFamilies::shipped();
  ASSERT_TRUE(
      families.add("# ours\n\nTimes.Example\tThe Times Group\r\n"
                   "gazette.example\tThe Times Group\nbbc.com\t-\n"));
  EXPECT_EQ(families.publisher_of("https://www.times.example/a"), "The Times Group");
  EXPECT_EQ(families.publisher_of("https://gazette.example/a"), "The Times Group");
  EXPECT_EQ(families.publisher_of("https://bbc.com/a"), "bbc.com");
  EXPECT_EQ(families.publisher_of("https://bbc.co.uk/a"), "BBC");
}

TEST(PublisherFamilies, NamesEachBadLine) {
  PublisherFamilies families;
  const Result<void> added =
      families.add("times.example\tTimes\ntimes.example Times\nhttps://a.example/\tA\n\tB\n");
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::InvalidInput);
  EXPECT_THAT(added.error().message, HasSubstr("line 2 has no tab"));
  EXPECT_THAT(added.error().message, HasSubstr("line 3 has no domain"));
  EXPECT_THAT(added.error().message, HasSubstr("line 4 has no tab"));
}

}  // namespace
}  // namespace tidings::stories
