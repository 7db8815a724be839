#include "text/charset_labels.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/strings.h"

namespace tidings::text {
namespace {

constexpr std::size_t kLabelSizeMax = 40;

// What the WHATWG's Encoding Standard (§4.2) says where ICU knows no such label or means less by
// it, in names that ICU knows; then labels that are no standard's.
constexpr std::pair<std::string_view, const char*> kLabels[] = {
    {"csiso88596e", "iso-8859-6"},
    {"csiso88596i", "iso-8859-6"},
    {"csiso88598e", "iso-8859-8"},
    {"csiso88598i", "iso-8859-8"},
    {"visual", "iso-8859-8"},
    {"logical", "iso-8859-8"},
    {"koi", "koi8-r"},
    {"koi8-ru", "koi8-u"},
    {"dos-874", "windows-874"},
    {"iso-8859-11", "windows-874"},
    {"iso8859-11", "windows-874"},
    {"iso885911", "windows-874"},
    {"tis-620", "windows-874"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"ascii", "windows-1252"},
    {"cp819", "windows-1252"},
    {"csisolatin1", "windows-1252"},
    {"ibm819", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso-ir-100", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"iso_8859-1:1987", "windows-1252"},
    {"l1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"csisolatin5", "windows-1254"},
    {"iso-8859-9", "windows-1254"},
    {"iso-ir-148", "windows-1254"},
    {"iso8859-9", "windows-1254"},
    {"iso88599", "windows-1254"},
    {"iso_8859-9", "windows-1254"},
    {"iso_8859-9:1989", "windows-1254"},
    {"l5", "windows-1254"},
    {"latin5", "windows-1254"},
    {"x-mac-ukrainian", "x-mac-cyrillic"},
    {"chinese", "gb18030"},
    {"csgb2312", "gb18030"},
    {"csiso58gb231280", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb_2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"iso-ir-58", "gb18030"},
    {"x-gbk", "gb18030"},
    {"big5", "Big5-HKSCS"},
    {"cn-big5", "Big5-HKSCS"},
    {"csbig5", "Big5-HKSCS"},
    {"x-x-big5", "Big5-HKSCS"},
    {"cseuckr", "windows-949"},
    {"csksc56011987", "windows-949"},
    {"euc-kr", "windows-949"},
    {"iso-ir-149", "windows-949"},
    {"korean", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"ks_c_5601-1989", "windows-949"},
    {"ksc5601", "windows-949"},
    {"ksc_5601", "windows-949"},
    {"csshiftjis", "ibm-943_P15A-2003"},
    {"ms932", "ibm-943_P15A-2003"},
    {"ms_kanji", "ibm-943_P15A-2003"},
    {"shift-jis", "ibm-943_P15A-2003"},
    {"shift_jis", "ibm-943_P15A-2003"},
    {"sjis", "ibm-943_P15A-2003"},
    {"windows-31j", "ibm-943_P15A-2003"},
    {"x-sjis", "ibm-943_P15A-2003"},
    {"x-euc-jp", "euc-jp"},

    {"latin-1", "windows-1252"},
    {"iso-latin-1", "windows-1252"},
    {"iso-8859", "windows-1252"},
    {"iso8859_1", "windows-1252"},
    {"ansi", "windows-1252"},
    {"win-1252", "windows-1252"},
    {"windows1252", "windows-1252"},
    {"cp-1252", "windows-1252"},
    {"win-1251", "windows-1251"},
    {"win1251", "windows-1251"},
    {"windows1251", "windows-1251"},
    {"cp-1251", "windows-1251"},
    {"win-1250", "windows-1250"},
    {"windows1250", "windows-1250"},
    {"iso8859_2", "iso-8859-2"},
    {"iso-8859-16", "iso-8859-2"},  // alike but for four letters
    {"cp932", "ibm-943_P15A-2003"},
    {"shiftjis", "ibm-943_P15A-2003"},
    {"shift_jisx0213", "ibm-943_P15A-2003"},
    {"cp936", "gb18030"},
    {"euc-cn", "gb18030"},
    {"x-euc-cn", "gb18030"},
    {"gb-2312", "gb18030"},
    {"gb2312-80", "gb18030"},
    {"cp949", "windows-949"},
    {"uhc", "windows-949"},
    {"ms949", "windows-949"},
    {"x-windows-949", "windows-949"},
    {"euckr", "windows-949"},
    {"eucjp", "euc-jp"},
    {"cp950", "Big5-HKSCS"},
    {"unicode", "utf-16"},
    {"ucs-2", "utf-16"},
};

constexpr std::string_view kRefused[] = {
    "utf-7",  "utf7",       "scsu",          "bocu-1", "imap-mailbox-name",
    "cesu-8", "utf-7-imap", "x-user-defined"};

}  // namespace

std::string cleaned_label(std::string_view label) {
  label = trim(label);
  while (!label.empty() && (label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  label = label.substr(0, label.find_first_of("\"'; \t,>?"));
  return label.size() <= kLabelSizeMax ? to_lower(label) : std::string();
}

bool is_utf8_label(std::string_view label) {
  return label == "utf-8" || label == "utf8" || label == "unicode-1-1-utf-8" ||
         label == "unicode11utf8" || label == "unicode20utf8" || label == "x-unicode20utf8" ||
         label == "utf_8" || label == "utf-8-sig" || label == "utf8mb4";
}

bool is_wide_label(std::string_view label) {
  return label.starts_with("utf-16") || label.starts_with("utf16") || label.starts_with("utf-32") ||
         label.starts_with("utf32") || label.starts_with("ucs-") || label.starts_with("ucs2") ||
         label.starts_with("iso-10646") || label == "unicode" || label == "csunicode" ||
         label == "unicodefeff" || label == "unicodefffe";
}

Converter open_converter(const std::string& label) {
  const bool is_refused =
      std::find(std::begin(kRefused), std::end(kRefused), label) != std::end(kRefused);
  if (label.empty() || is_refused || label.starts_with("ebcdic") || label.starts_with("cp037"))
    return nullptr;
  const char* name = label.c_str();
  for (const auto& [known, icu_name] : kLabels) {
    if (known == label) name = icu_name;
  }
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  if (U_FAILURE(error)) return nullptr;
  return converter;
}

}  // namespace tidings::text
