// pdftotext, as a process of its own: its library is GPL, and what reads hostile bytes is better
// off without our memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "ports/document_converter.h"

namespace tidings::poppler {

struct PopplerSettings {
  std::string program = "/usr/bin/pdftotext";
  std::size_t output_bytes_max = 16'000'000;
  std::size_t memory_bytes_max = 1'000'000'000;  // address space of the process
  std::chrono::seconds cpu_max{20};
  std::chrono::seconds time_max{30};
};

class PopplerConverter final : public DocumentConverter {
 public:
  explicit PopplerConverter(PopplerSettings settings = {}) : settings_(std::move(settings)) {}

  Result<std::string> pdf_to_html(std::string_view bytes) const override;

 private:
  const PopplerSettings settings_;
};

}  // namespace tidings::poppler
