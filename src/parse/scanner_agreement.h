// For tests and fuzzing: does the scanner of our own say what expat says?
#pragma once

#include <string>
#include <string_view>

#include "parse/expat_reader.h"
#include "parse/feed_json.h"
#include "parse/xml_scanner.h"

namespace tidings::parse {

// What the two disagree on, as a sentence; empty where the scanner leaves the document to expat, or
// both read the same. A document that the scanner completes must be complete to expat, with the
// same feed; one at which the reader stops must stop it there as well.
inline std::string disagreement(std::string_view utf8) {
  const ParseLimits limits{.entries_max = 1'000, .depth_max = 64};
  FeedDocument scanned, judged;
  FeedReader scanning(scanned, "https://example.org/feed", limits);
  const ScanOutcome outcome = scan_xml(utf8, scanning);
  if (outcome == ScanOutcome::Doubtful) return {};
  FeedReader judging(judged, "https://example.org/feed", limits);
  const XmlResult verdict = read_with_expat(utf8, judging);
  if (outcome == ScanOutcome::Stopped)
    return judging.stop() == scanning.stop() ? "" : "the scanner stopped where expat did not";
  if (verdict.outcome != XmlOutcome::Complete) return "expat refused it: " + verdict.problem;
  scanning.finish();
  judging.finish();
  std::string ours, theirs;
  write_feed_json(scanned, ours);
  write_feed_json(judged, theirs);
  return ours == theirs ? "" : "ours " + ours + "\nexpat's " + theirs;
}

}  // namespace tidings::parse
