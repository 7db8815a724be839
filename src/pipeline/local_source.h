// Sources on this machine: a folder into which documents are put, and mailboxes of newsletters.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "model/feed.h"
#include "model/source.h"
#include "ports/document_converter.h"
#include "ports/local_files.h"
#include "ports/object_store.h"

namespace tidings::pipeline {

struct LocalNews {
  Feed feed;                          // what came since the cursor
  std::string cursor;                 // to go on from: for SourceState::etag
  std::vector<Object> objects;        // each document as it is (raw/…) and as read (processed/…)
  std::vector<std::string> rejected;  // a plain sentence per file that could not be read
  bool has_more = false;              // files wait for the next time, or are still being written
};

// What is new at a source of kind Folder or Mailbox. At most 200 files or about 64 MB at a time,
// the oldest first; a file counts as written once it has not changed for two seconds. A bad file
// costs only itself. NotFound and Unavailable where the folder or mailbox cannot be read.
//
// Safe to call from many threads.
Result<LocalNews> read_local_source(const Source& source, const LocalFiles& files,
                                    const DocumentConverter& converter, Time now);

}  // namespace tidings::pipeline
