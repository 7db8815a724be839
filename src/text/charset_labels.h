// What charset labels mean: as browsers read them, not as they were registered.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <unicode/ucnv.h>

namespace tidings::text {

// Lower case, without quotes and blanks; empty where nothing usable is left.
std::string cleaned_label(std::string_view label);

bool is_utf8_label(std::string_view cleaned);
bool is_wide_label(std::string_view cleaned);  // UTF-16, UTF-32 and their like

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// By the WHATWG's meaning of the label, else ICU's. Null for what nobody knows, and for what text
// on the web has no business with: stateful charsets that can hide markup, and EBCDIC.
Converter open_converter(const std::string& cleaned);

}  // namespace tidings::text
