#include "app/commands.h"

#include <fmt/format.h>

#include "app/access_options.h"
#include "app/files.h"

namespace tidings::app {
namespace {

// What every command that opens the stores takes.
const std::vector<Option> kStoreOptions = {
    {"--config", "FILE"}, {"--data", "DIR"}, {"--database", "URL"}, {"--set", "KEY=VALUE", true}};

std::vector<Option> with_store_options(std::vector<Option> own) {
  own.insert(own.end(), kStoreOptions.begin(), kStoreOptions.end());
  return own;
}

const std::vector<Option> kSourceOptions = {{"--title", "TEXT"},
                                            {"--site", "URL"},
                                            {"--language", "TAG"},
                                            {"--country", "CODE"},
                                            {"--topic", "NAME", true},
                                            {"--folder", "A/B"},
                                            {"--interval", "MINUTES"},
                                            {"--full-text", "off|on|automatic"},
                                            {"--extract", "FIELD=SELECTOR|none", true}};

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      {"serve", "[--config FILE] [--data DIR] [--port N]", 0, "run the server",
       with_store_options({{"--port", "N"}, {"--roles", "fetch,process,serve"}}), run_serve},
      {"feeds add", "URL… [--discover] [--title TEXT] [--folder A/B] …", kAnyNumber,
       "follow a feed, or with --discover the likeliest one of a site",
       [] {
         std::vector<Option> options = kSourceOptions;
         options.push_back({"--discover", ""});
         options.insert(options.end(), access_options().begin(), access_options().end());
         return with_store_options(options);
       }(),
       run_feeds_add},
      {"feeds remove", "ID|URL…", kAnyNumber, "stop following; its articles stay",
       with_store_options({}), run_feeds_remove},
      {"feeds set", "ID|URL… [--title TEXT] [--url URL] …", kAnyNumber, "change a feed's settings",
       [] {
         std::vector<Option> options = kSourceOptions;
         options.push_back({"--url", "URL"});
         options.insert(options.end(), access_options().begin(), access_options().end());
         return with_store_options(options);
       }(),
       run_feeds_set},
      {"feeds enable", "ID|URL…", kAnyNumber, "fetch it again", with_store_options({}),
       run_feeds_enable},
      {"feeds disable", "ID|URL…", kAnyNumber, "keep it, but do not fetch it",
       with_store_options({}), run_feeds_disable},
      {"feeds list",
       "[--language TAG] [--country CODE] [--topic NAME] [--health failing|dead|stale|noisy]", 0,
       "one JSON object a feed",
       with_store_options({{"--language", "TAG"},
                           {"--country", "CODE"},
                           {"--topic", "NAME"},
                           {"--health", "NAME"}}),
       run_feeds_list},
      {"feeds import", "FILE|-|--starter", 1,
       "follow the feeds of an OPML file, or of the starter catalogue",
       with_store_options({{"--starter", ""}}), run_feeds_import},
      {"feeds export", "> FILE", 0, "all feeds as OPML 2.0, on standard output",
       with_store_options({}), run_feeds_export},
      {"feeds check", "URL", 1, "fetch and parse a feed once, store nothing",
       with_store_options({}), run_feeds_check},
      {"feeds discover", "URL", 1, "the feeds of a site, found from the address that you know",
       with_store_options({}), run_feeds_discover},
      {"feeds payloads", "ID|URL [--day YYYY-MM-DD] [--at TIME]", 1,
       "when a feed sent something else, and with --at what it sent",
       with_store_options({{"--day", "YYYY-MM-DD"}, {"--at", "TIME"}}), run_feeds_payloads},
      {"connectors list", "", 0, "the news APIs that can be sources, and what they take",
       with_store_options({}), run_connectors_list},
      {"connectors show", "NAME", 1, "the file of a connector, to copy and change",
       with_store_options({}), run_connectors_show},
      {"connectors check",
       "FILE|- [--address API] [--sample FILE]",
       1,
       "what a connector file declares, and what it makes of an answer",
       {{"--address", "api:NAME?…"}, {"--sample", "FILE"}},
       run_connectors_check},
      {"parse",
       "FILE|- [--url BASE] [--content-type TYPE]",
       1,
       "a feed document as one JSON object",
       {{"--url", "BASE"}, {"--content-type", "TYPE"}},
       run_parse},
      {"sanitize",
       "[FILE|-] [--url BASE]",
       1,
       "HTML as safe HTML",
       {{"--url", "BASE"}},
       run_sanitize},
      {"extract",
       "FILE|- [--url URL] [--content-type TYPE] [--rules FILE]",
       1,
       "the article on a web page as one JSON object",
       {{"--url", "URL"}, {"--content-type", "TYPE"}, {"--rules", "FILE"}},
       run_extract},
      {"analyze",
       "[--explain] < FILE",
       0,
       "articles as JSON lines, on standard input, and what each is about",
       {{"--explain", ""}},
       run_analyze},
      {"reanalyze", "[--all]", 0, "analyze stored articles anew where the analyzers changed since",
       with_store_options({{"--all", ""}}), run_reanalyze},
      {"duplicates",
       "< FILE",
       0,
       "articles as JSON lines, and which of them are copies of one before",
       {},
       run_duplicates},
      {"stories",
       "[--explain] [--links] [--live] < FILE",
       0,
       "articles as JSON lines, in order of time, and which tell one story",
       {{"--explain", ""}, {"--links", ""}, {"--live", ""}},
       run_stories},
      {"stories rebuild", "", 0, "group all stored articles anew, in the order in which they came",
       with_store_options({}), run_stories_rebuild},
      {"stories edit", "merge STORY STORY | split STORY ARTICLE… | remove STORY ARTICLE…",
       kAnyNumber, "say what belongs together: it holds", with_store_options({}), run_stories_edit},
      {"search", "QUERY [--limit N] [--sort relevance|newest|oldest] [--all] [--explain]",
       kAnyNumber, "articles that match, the best of each story (--all: every one), as JSON lines",
       with_store_options(
           {{"--limit", "N"}, {"--sort", "ORDER"}, {"--all", ""}, {"--explain", ""}}),
       run_search},
      {"trends",
       "[--kind KIND,…] [--limit N] [--since TIME] [--until TIME] [--query QUERY] [--json]", 0,
       "what rises now; with a time or a query, what rose then",
       with_store_options({{"--kind", "KIND,…"},
                           {"--limit", "N"},
                           {"--since", "TIME"},
                           {"--until", "TIME"},
                           {"--query", "QUERY"},
                           {"--json", ""}}),
       run_trends},
      {"match",
       "--queries FILE [--input FILE|-]",
       0,
       "articles as JSON lines, and which queries of a file (NAME, a tab, QUERY) each matches",
       {{"--queries", "FILE"}, {"--input", "FILE"}},
       run_match},
      {"searches add", "NAME QUERY [--standing yes|no]", kAnyNumber,
       "save a search; one that stands is asked of every new article",
       with_store_options({{"--standing", "yes|no"}}), run_searches_add},
      {"searches set", "NAME [QUERY] [--name NEW] [--standing yes|no]", kAnyNumber,
       "change a saved search", with_store_options({{"--name", "NEW"}, {"--standing", "yes|no"}}),
       run_searches_set},
      {"searches list", "", 0, "saved searches as JSON lines, by name", with_store_options({}),
       run_searches_list},
      {"searches read", "NAME", 1,
       "the newest articles that match a saved search, as JSON lines; they count as read then",
       with_store_options({}), run_searches_read},
      {"searches remove", "NAME", 1, "forget a saved search and its matches",
       with_store_options({}), run_searches_remove},
      {"ratings import", "FILE|-", 1,
       "how you rate publishers, as a CSV: publisher,rating; instead of what was there",
       with_store_options({}), run_ratings_import},
      {"ratings list", "> FILE", 0, "the ratings of publishers as CSV", with_store_options({}),
       run_ratings_list},
      {"ratings remove", "", 0, "forget the ratings of publishers", with_store_options({}),
       run_ratings_remove},
      {"index check", "", 0, "compare the search index with the stored articles",
       with_store_options({}), run_index_check},
      {"index rebuild", "", 0, "make the search index anew from the stored articles",
       with_store_options({}), run_index_rebuild},
      {"train topic", "--input FILE|- [--output MODEL] [--folds N] | --from-feeds", 0,
       "a model of your own labels from JSON lines {text,label}; with --folds, how good it is; or "
       "what the tags of your own feeds say of the shipped topics",
       with_store_options(
           {{"--input", "FILE"}, {"--output", "MODEL"}, {"--folds", "N"}, {"--from-feeds", ""}}),
       run_train_topic},
      {"evaluate topic",
       "--model MODEL --input FILE|-",
       0,
       "how well a model labels texts whose labels are known",
       {{"--model", "MODEL"}, {"--input", "FILE"}},
       run_evaluate_topic},
      {"secrets set", "NAME", 1, "keep a secret, read from standard input or asked for",
       with_store_options({}), run_secrets_set},
      {"secrets list", "", 0, "the names of secrets, never what they are", with_store_options({}),
       run_secrets_list},
      {"secrets remove", "NAME", 1, "forget a secret", with_store_options({}), run_secrets_remove},
      {"secrets rotate", "[--keep-key]", 0, "seal every secret anew, by a new key",
       with_store_options({{"--keep-key", ""}}), run_secrets_rotate},
      {"dead-letters list", "[--consumer NAME]", 0, "events that a consumer could not take",
       with_store_options({{"--consumer", "NAME"}}), run_dead_letters_list},
      {"dead-letters redrive", "--consumer NAME [ID…]", kAnyNumber, "have them tried again",
       with_store_options({{"--consumer", "NAME"}}), run_dead_letters_redrive},
      {"doctor", "", 0, "look for what is wrong with this installation",
       with_store_options({{"--port", "N"}, {"--roles", "fetch,process,serve"}}), run_doctor},
      {"settings", "[--markdown]", 0, "every setting with its value",
       with_store_options({{"--markdown", ""}}), run_settings},
      {"version", "", 0, "the version", {}, run_version},
  };
  return kCommands;
}

int fail(std::string_view message) {
  write_error(fmt::format("tidings: {}\n", message));
  return kFailure;
}

Error usage_error(std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), "usage"};
}

int report(const Result<void>& outcome) {
  if (outcome) return kSuccess;
  fail(outcome.error().message);
  return outcome.error().code == "usage" ? kWrongUsage : kFailure;
}

int wrong_usage(const Command& command, std::string_view message) {
  write_error(
      fmt::format("tidings: {}\nusage: tidings {} {}\n", message, command.name, command.usage));
  return kWrongUsage;
}

}  // namespace tidings::app
