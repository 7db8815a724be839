// What is typed about feeds: addresses, and the options that describe or select feeds. What cannot
// be read is a usage error.
#pragma once

#include <string>
#include <string_view>

#include "app/command_line.h"
#include "core/result.h"
#include "model/source.h"
#include "ports/source_store.h"

namespace tidings::app {

// An http or https address, or that of a news API (api:NAME?…), in its one spelling. The error says
// what may have been meant.
Result<std::string> read_address(const std::string& typed);

// The address that an option gives; empty when it is not there, or is empty itself.
Result<std::string> address_option(const Arguments& arguments, std::string_view option);

// What --title, --site, --language, --country, --topic, --folder, --url and --interval say, over
// what is there.
Result<SourceSettings> with_options(SourceSettings settings, const Arguments& arguments);

// The feeds that --language, --country and --topic select.
Result<SourceQuery> source_query(const Arguments& arguments);

}  // namespace tidings::app
