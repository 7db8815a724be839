#include "pipeline/local_source.h"

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// One folder, in memory.
class Folder final : public LocalFiles {
 public:
  struct Stored {
    std::string bytes;
    Time changed_at{};
  };
  std::map<std::string, Stored> files;

  Result<std::vector<LocalFile>> list(const std::string&, Time after,
                                      std::size_t limit) const override {
    std::vector<LocalFile> found;
    for (const auto& [name, stored] : files) {
      if (stored.changed_at > after) found.push_back(described(name, stored));
    }
    std::ranges::sort(found, {}, &LocalFile::changed_at);
    if (found.size() > limit) found.resize(limit);
    return found;
  }
  Result<LocalFile> look_at(const std::string&, const std::string& name) const override {
    const auto found = files.find(name);
    if (found == files.end()) return not_found(name + " is not there");
    return described(name, found->second);
  }
  Result<std::string> read(const std::string&, const std::string& name, std::int64_t offset,
                           std::size_t bytes_max) const override {
    const auto found = files.find(name);
    if (found == files.end()) return not_found(name + " is not there");
    return found->second.bytes.substr(static_cast<std::size_t>(offset), bytes_max);
  }

 private:
  static LocalFile described(const std::string& name, const Stored& stored) {
    return {.name = name,
            .size_bytes = static_cast<std::int64_t>(stored.bytes.size()),
            .changed_at = stored.changed_at,
            .modified_at = stored.changed_at};
  }
};

class NoPdf final : public DocumentConverter {
 public:
  Result<std::string> pdf_to_html(std::string_view) const override {
    return unavailable("pdftotext is not installed");
  }
};

class LocalSource : public testing::Test {
 protected:
  void put(const std::string& name, std::string bytes, Duration ago = std::chrono::minutes(1)) {
    folder_.files[name] = {std::move(bytes), kNow - ago};
  }
  LocalNews read(const std::string& address) {
    source_.settings.url = address;
    Result<LocalNews> news = read_local_source(source_, folder_, NoPdf(), kNow);
    EXPECT_TRUE(news) << news.error().message;
    if (!news) return {};
    source_.state.etag = news->cursor;
    return *std::move(news);
  }
  static std::vector<std::string> titles(const LocalNews& news) {
    std::vector<std::string> found;
    for (const Entry& entry : news.feed.entries) found.push_back(entry.title);
    return found;
  }
  static std::string message(const std::string& subject) {
    return "From a@b.example Mon Nov 23 18:00:00 2026\nFrom: Ada <a@b.example>\nSubject: " +
           subject + "\nMessage-ID: <" + subject + "@b.example>\n\nHello.\n\n";
  }

  Folder folder_;
  Source source_{.id = SourceId(7)};
};

TEST_F(LocalSource, GivesEachDocumentOnce) {
  put("a.txt", "First\n\nText.", std::chrono::minutes(2));
  put("b.txt", "Second\n\nText.");
  const LocalNews news = read("folder:/news");
  EXPECT_THAT(titles(news), ElementsAre("First", "Second"));
  EXPECT_THAT(news.objects, SizeIs(4));
  EXPECT_TRUE(news.objects[1].key.starts_with("processed/2026/11/23/7-"));
  EXPECT_FALSE(news.has_more);
  EXPECT_THAT(titles(read("folder:/news")), IsEmpty());
  put("a.txt", "First, again\n\nText.", std::chrono::seconds(10));
  EXPECT_THAT(titles(read("folder:/news")), ElementsAre("First, again"));
}

TEST_F(LocalSource, WaitsForAFileThatIsBeingWritten) {
  put("a.txt", "First\n\nHalf a te", Duration(0));
  const LocalNews news = read("folder:/news");
  EXPECT_THAT(titles(news), IsEmpty());
  EXPECT_TRUE(news.has_more);
  put("a.txt", "First\n\nA whole text.", std::chrono::seconds(3));
  EXPECT_THAT(titles(read("folder:/news")), ElementsAre("First"));
}

TEST_F(LocalSource, ABadFileCostsOnlyItself) {
  put("a.docx", "no document");
  put("b.txt", "Second\n\nText.");
  const LocalNews news = read("folder:/news");
  EXPECT_THAT(titles(news), ElementsAre("Second"));
  EXPECT_THAT(news.rejected, ElementsAre(HasSubstr("a.docx: ")));
}

TEST_F(LocalSource, AMissingProgramKeepsDocumentsForLater) {
  put("a.pdf", "%PDF-1.4");
  source_.settings.url = "folder:/news";
  const Result<LocalNews> news = read_local_source(source_, folder_, NoPdf(), kNow);
  ASSERT_FALSE(news);
  EXPECT_EQ(news.error().kind, ErrorKind::Unavailable);
}

TEST_F(LocalSource, GoesThroughManyFilesInTurns) {
  for (int i = 0; i < 450; ++i)
    put("f" + std::to_string(i) + ".txt", "Title " + std::to_string(i) + "\n\nText.",
        std::chrono::seconds(1000 - i));
  std::size_t seen = 0;
  LocalNews news;
  do {
    news = read("folder:/news");
    seen += news.feed.entries.size();
    EXPECT_LE(news.feed.entries.size(), 200u);
  } while (news.has_more);
  EXPECT_EQ(seen, 450u);
}

TEST_F(LocalSource, FilesOfOneMomentStayTogether) {
  for (int i = 0; i < 300; ++i)
    put("f" + std::to_string(i) + ".txt", "Title " + std::to_string(i) + "\n\nText.");
  EXPECT_THAT(read("folder:/news").feed.entries, SizeIs(300));
}

TEST_F(LocalSource, ReadsAMaildir) {
  put("new/1", message("One").substr(message("One").find('\n') + 1));
  put("tmp/2", message("Two").substr(message("Two").find('\n') + 1));
  put("notes.txt", "no mail");
  const LocalNews news = read("maildir:/mail");
  EXPECT_THAT(titles(news), ElementsAre("One"));
  EXPECT_EQ(news.feed.entries[0].id, "One@b.example");
}

TEST_F(LocalSource, ReadsAnMboxAsItGrows) {
  put("box", message("One") + message("Two"));
  const LocalNews news = read("mbox:/mail/box");
  EXPECT_THAT(titles(news), ElementsAre("One", "Two"));
  EXPECT_EQ(news.feed.entries[0].published, parse_rfc3339("2026-11-23T18:00:00Z"))
      << "without a Date, when it was delivered";
  EXPECT_THAT(titles(read("mbox:/mail/box")), IsEmpty());
  folder_.files["box"].bytes += message("Three");
  EXPECT_THAT(titles(read("mbox:/mail/box")), ElementsAre("Three"));
}

TEST_F(LocalSource, LeavesAMessageThatIsBeingDelivered) {
  const std::string whole = message("One") + message("Two");
  put("box", whole.substr(0, whole.size() - 8), Duration(0));
  const LocalNews news = read("mbox:/mail/box");
  EXPECT_THAT(titles(news), ElementsAre("One"));
  EXPECT_TRUE(news.has_more);
  put("box", whole);
  EXPECT_THAT(titles(read("mbox:/mail/box")), ElementsAre("Two"));
}

TEST_F(LocalSource, AnMboxThatWasPutInOrderIsReadAgain) {
  put("box", message("One") + message("Two"));
  read("mbox:/mail/box");
  put("box", message("Two"));
  EXPECT_THAT(titles(read("mbox:/mail/box")), ElementsAre("Two"));
}

TEST_F(LocalSource, AFromLineInAParagraphBeginsNoMessage) {
  std::string one = message("One");
  one.insert(one.find("Hello.") + 7, "From here on it goes on.\n");
  put("box", one + message("Two"));
  EXPECT_THAT(titles(read("mbox:/mail/box")), ElementsAre("One", "Two"));
}

}  // namespace
}  // namespace tidings::pipeline
