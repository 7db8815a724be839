// Ranges of numbers as people write them in queries.
#pragma once

#include <string_view>

#include "core/result.h"
#include "model/query.h"

namespace tidings::query {

// The smallest difference between two numbers of a field: 0.01 of Sentiment, 1 of the others.
double steps_per_one(QueryField field);

// Of Sentiment, Words or StorySize: ">500", ">=500", "<500", "<=500", "500" (that alone),
// "100..500" (both ends in it), and of Sentiment "negative", "neutral" (less than a tenth off zero)
// and "positive". InvalidInput for anything else, numbers that the field cannot have, and ranges
// that end before they begin.
Result<Query> number_range(QueryField field, std::string_view written);

}  // namespace tidings::query
