#include "text/charset.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/charset_repair.h"

namespace tidings::text {
namespace {

using namespace std::string_literals;

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string wide(std::string_view ascii, int width, bool is_big) {
  std::string bytes;
  for (const char c : ascii) {
    if (is_big) bytes.append(static_cast<std::size_t>(width) - 1, '\0');
    bytes += c;
    if (!is_big) bytes.append(static_cast<std::size_t>(width) - 1, '\0');
  }
  return bytes;
}

TEST(DecodeDocument, BelievesWhatTheBytesSayFirst) {
  const std::string rss = "<rss><channel><title>A</title></channel></rss>";
  const struct {
    std::string why, bytes, content_type, text, encoding;
    std::size_t problems = 0;
  } cases[] = {
      {"UTF-16 without a mark", wide(rss, 2, true), "", rss, "utf-16be"},
      {"UTF-32 without a mark", wide(rss, 4, false), "", rss, "utf-32le"},
      {"UTF-32, the other way", wide(rss, 4, true), "text/xml; charset=utf-8", rss, "utf-32be"},
      {"UTF-16 behind white space", wide("\n " + rss, 2, false), "", "\n " + rss, "utf-16le"},
      {"JSON in UTF-16", wide("{\"a\":1}", 2, false), "", "{\"a\":1}", "utf-16le"},
      {"a mark of UTF-16 on one byte each", "\xFF\xFE" + rss, "", rss, "utf-8", 1},
      {"a mark that has the order wrong", "\xFE\xFF" + wide(rss, 2, false), "", rss, "utf-16le", 1},
      {"a mark of UTF-8 on UTF-16", "\xEF\xBB\xBF" + wide(rss, 2, true), "", rss, "utf-16be", 1},
      {"two marks", "\xEF\xBB\xBF\xEF\xBB\xBF" + rss, "", rss, "utf-8"},
      {"a mark against the declaration",
       "\xEF\xBB\xBF<?xml version='1.0' encoding='windows-1251'?><r>\xC4\xE0</r>", "",
       "<?xml version='1.0' encoding='windows-1251'?><r>Да</r>", "windows-1251", 1},
      {"a label of wide characters on narrow ones", rss, "text/xml; charset=utf-16", rss, "utf-8"},
      {"a label that nobody knows yields to one that is known",
       "<?xml version='1.0' encoding='koi8-r'?><r>\xE4\xC1</r>", "text/xml; charset=none",
       "<?xml version='1.0' encoding='koi8-r'?><r>Да</r>", "koi8-r"},
      {"no quotes", "<?xml version=1.0 encoding=windows-1251?><r>\xC4\xE0</r>", "",
       "<?xml version=1.0 encoding=windows-1251?><r>Да</r>", "windows-1251"},
      {"blanks around the equals sign", "<r>\xC4\xE0</r>", "text/xml; charset = \"windows-1251\"",
       "<r>Да</r>", "windows-1251"},
      {"UTF-8 under another label, beyond doubt", "<r>" + repeated("Да ", 3) + "</r>",
       "text/xml; charset=windows-1251", "<r>" + repeated("Да ", 3) + "</r>", "utf-8", 1},
      {"UTF-8 under two Western labels",
       "<?xml version='1.0' encoding='iso-8859-1'?><r>été à Noël</r>",
       "text/xml; charset=iso-8859-1",
       "<?xml version='1.0' encoding='iso-8859-1'?><r>été à Noël</r>", "utf-8", 1},
      {"Korean under a label with a year", "<r>\xB4\xBA\xBD\xBA</r>",
       "text/xml; charset=ks_c_5601-1989", "<r>뉴스</r>", "ks_c_5601-1989"},
      {"circled numbers are Windows' Shift_JIS", "<r>\x87\x40</r>", "text/xml; charset=shift_jis",
       "<r>①</r>", "shift_jis"},
  };
  for (const auto& c : cases) {
    const Result<DecodedText> decoded = decode_document(c.bytes, c.content_type, 1'000'000);
    ASSERT_TRUE(decoded) << c.why;
    EXPECT_EQ(decoded->text(), c.text) << c.why;
    EXPECT_EQ(decoded->encoding, c.encoding) << c.why;
    EXPECT_EQ(decoded->problems.size(), c.problems) << c.why;
  }
}

TEST(DecodeDocument, SeesWhatNobodySaid) {
  const struct {
    std::string why, sentence, content_type, text, encoding;
  } cases[] = {
      {"Russian",
       "\xCD\xEE\xE2\xEE\xF1\xF2\xE8 \xE4\xED\xFF: \xEF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 ", "",
       "Новости дня: президент ", "windows-1251"},
      {"Russian under a label of UTF-8",
       "\xCD\xEE\xE2\xEE\xF1\xF2\xE8 \xE4\xED\xFF: \xEF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 ",
       "text/xml; charset=utf-8", "Новости дня: президент ", "windows-1251"},
      {"Chinese", "\xD6\xD0\xB9\xFA\xD0\xC2\xCE\xC5\xA3\xAC\xBD\xF1\xC8\xD5\xCD\xB7\xCC\xF5 ", "",
       "中国新闻，今日头条 ", "gb18030"},
      {"Japanese, of which some bytes are UTF-8 by chance",
       "\xC6\xFC\xCB\xDC\xB8\xEC\xA4\xCE\xA5\xCB\xA5\xE5\xA1\xBC\xA5\xB9\xA4\xC7\xA4\xB9\xA1\xA3"
       "\xC5\xEC\xB5\xFE\xC5\xD4\xC6\xE2\xA4\xC7\xBA\xF9\xA4\xAC\xCB\xFE\xB3\xAB\xA4\xCB\xA4\xCA"
       "\xA4\xEA\xA4\xDE\xA4\xB7\xA4\xBF\xA1\xA3",
       "", "日本語のニュースです。東京都内で桜が満開になりました。", "euc-jp"},
      {"Japanese in seven bits",
       "\x1B$BF|K\\8l$N%K%e!<%9$G$9!#El5~ETFb$G:y$,K~3+$K$J$j$^$7$?!#\x1B(B ", "",
       "日本語のニュースです。東京都内で桜が満開になりました。 ", "iso-2022-jp"},
      {"Japanese under a wrong label",
       "\x93\xFA\x96\x7B\x82\xCC\x83\x6A\x83\x85\x81\x5B\x83\x58\x82\xC5\x82\xB7\x81\x42",
       "text/xml; charset=euc-jp", "日本のニュースです。", "shift_jis"},
  };
  for (const auto& c : cases) {
    const std::string bytes = "<rss><title>" + repeated(c.sentence, 8) + "</title></rss>";
    const Result<DecodedText> decoded = decode_document(bytes, c.content_type, 1'000'000);
    ASSERT_TRUE(decoded) << c.why;
    EXPECT_EQ(decoded->encoding, c.encoding) << c.why;
    EXPECT_EQ(decoded->text(), "<rss><title>" + repeated(c.text, 8) + "</title></rss>") << c.why;
    EXPECT_EQ(decoded->problems.size(), 1U) << c.why;
  }
}

TEST(DecodeDocument, UndoesWhatWasEncodedTwice) {
  const auto text_of = [](std::string_view given) {
    return std::string(decode_document(given, "", 1'000)->text());
  };
  EXPECT_EQ(text_of("<r>CafÃ© crÃ¨me â€“ 5 â‚¬</r>"), "<r>Café crème – 5 €</r>");
  EXPECT_EQ(text_of("<r>Ã©</r>"), "<r>Ã©</r>") << "one alone may be meant";
  EXPECT_EQ(text_of("<r>CafÃ© crÃ¨me, déjà vu</r>"), "<r>CafÃ© crÃ¨me, déjà vu</r>")
      << "only what is so throughout";
  EXPECT_EQ(text_of("<r>Ð”Ð° Ð½ÐµÑ‚</r>"), "<r>Да нет</r>");
}

TEST(RepairedText, ReadsStrayBytesAsAPersonWould) {
  const struct {
    std::string_view why, given, expected;
  } cases[] = {
      {"windows-1252 alone", "caf\xE9 \x93x\x94", "café “x”"},
      {"windows-1252 in UTF-8", "Noël, caf\xE9", "Noël, café"},
      {"windows-1251 in UTF-8", "Новости: \xEF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2",
       "Новости: президент"},
      {"a character that was cut", "日本\xE6\x97 x", "日本\xEF\xBF\xBD x"},
      {"a Latin one that was cut", "été\xC3", "été\xEF\xBF\xBD"},
      {"capitals of windows-1252", "S\xC3O Jo\xC3O", "SÃO JoÃO"},
      {"between other scripts", "日\x80本", "日\xEF\xBF\xBD本"},
      {"valid", "déjà", "déjà"},
  };
  for (const auto& c : cases) EXPECT_EQ(repaired_text(c.given), c.expected) << c.why;
}

}  // namespace
}  // namespace tidings::text
