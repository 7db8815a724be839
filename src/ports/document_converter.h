// Documents whose formats are read by a program of its own. Adapter: poppler.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace tidings {

// Safe to call from many threads.
class DocumentConverter {
 public:
  virtual ~DocumentConverter() = default;

  // A PDF as an HTML page: its properties as <title> and <meta>, its text in one <pre> in UTF-8.
  // InvalidInput "not_a_pdf" for what cannot be read (the message says why), "too_large" or
  // "timeout" where it takes more than a document may; Unavailable where the program is missing.
  virtual Result<std::string> pdf_to_html(std::string_view bytes) const = 0;
};

}  // namespace tidings
