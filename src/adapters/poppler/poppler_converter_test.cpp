#include "adapters/poppler/poppler_converter.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::poppler {
namespace {

// A page that says `text`, with a title. Readers rebuild the missing table of contents.
std::string pdf(const std::string& text) {
  const std::string stream = "BT /F1 12 Tf 72 720 Td (" + text + ") Tj ET";
  return "%PDF-1.4\n"
         "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
         "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
         "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
         "/Resources<</Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> >> >> >> endobj\n"
         "4 0 obj <</Length " +
         std::to_string(stream.size()) + ">> stream\n" + stream +
         "\nendstream endobj\n"
         "5 0 obj <</Title(The title)/Author(Jo)/CreationDate(D:20261123120000Z)>> endobj\n"
         "trailer <</Root 1 0 R/Info 5 0 R/Size 6>>\n%%EOF\n";
}

TEST(Poppler, GivesTextAndProperties) {
  const Result<std::string> html = PopplerConverter().pdf_to_html(pdf("Hello, reader."));
  ASSERT_TRUE(html) << html.error().message;
  EXPECT_THAT(*html, testing::HasSubstr("Hello, reader."));
  EXPECT_THAT(*html, testing::HasSubstr("<title>The title</title>"));
  EXPECT_THAT(*html, testing::HasSubstr("Jo"));
}

TEST(Poppler, RefusesWhatIsNoPdf) {
  for (const std::string& bytes : {std::string("no PDF"), std::string(3'000'000, 'x')}) {
    const Result<std::string> html = PopplerConverter().pdf_to_html(bytes);
    ASSERT_FALSE(html);
    EXPECT_EQ(html.error().code, "not_a_pdf");
  }
}

TEST(Poppler, StopsWhereTheTextIsTooLong) {
  const Result<std::string> html =
      PopplerConverter({.output_bytes_max = 10}).pdf_to_html(pdf("Hello, reader."));
  ASSERT_FALSE(html);
  EXPECT_EQ(html.error().code, "too_large");
}

TEST(Poppler, AProcessThatHangsIsEnded) {
  const Result<std::string> html =
      PopplerConverter({.program = "/usr/bin/yes", .output_bytes_max = 1'000}).pdf_to_html("x");
  ASSERT_FALSE(html);
  const Result<std::string> silent =
      PopplerConverter({.program = "/bin/cat", .time_max = std::chrono::seconds(0)})
          .pdf_to_html("x");
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, "timeout");
}

TEST(Poppler, SaysWhatToInstall) {
  const Result<std::string> html =
      PopplerConverter({.program = "/nowhere/pdftotext"}).pdf_to_html("x");
  ASSERT_FALSE(html);
  EXPECT_EQ(html.error().kind, ErrorKind::Unavailable);
  EXPECT_THAT(html.error().message, testing::HasSubstr("poppler-utils"));
}

}  // namespace
}  // namespace tidings::poppler
