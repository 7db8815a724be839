// Documents that people put somewhere, as entries: one way for every kind of file.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "extract/extract.h"
#include "model/feed.h"
#include "ports/document_converter.h"

namespace tidings::pipeline {

inline constexpr std::size_t kDocumentBytesMax = 64'000'000;

struct DocumentFile {
  std::string_view name;  // of the file, with folders; its ending and its first bytes tell its kind
  std::string_view bytes;
  Time modified_at{};  // what it is dated by where it has no date of its own
};

// Reads Word documents, PDF, HTML pages, JSON articles, messages (.eml) and plain text. `id` is the
// name, so that a file that is replaced is an edit; a document without a title is called after its
// file. The HTML is not yet sanitized. InvalidInput with the reader's code, or "unknown_document",
// which lists what can be read; Unavailable where a program is missing.
//
// Safe to call from many threads.
Result<Entry> read_document(const DocumentFile& file, const DocumentConverter& converter);

// A page that was read, as an entry. The HTML is not yet sanitized.
Entry entry_of(extract::ExtractedPage page);

// What was read of a document as JSON, to be kept beside the document itself: {"name","title",
// "authors","published","updated","language","html","text"}.
std::string document_json(std::string_view name, const Entry& entry);

}  // namespace tidings::pipeline
