// By what a list of articles can be filtered, and what each filter asks of the store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "ports/article_store.h"
#include "serve/parameters.h"

namespace tidings::serve {

// What every form of the list takes.
const std::vector<Parameter>& article_list_parameters();

// InvalidInput (serve/problem.h) names the parameter and the values that it knows.
Result<ArticleQuery> article_query(const Parameters& parameters);

// What is asked of an article's analysis by those of the parameters entity, author, about, topic
// and sentiment that are given. InvalidInput as above.
Result<std::vector<std::string>> terms_asked(const Parameters& parameters);

// Of the filters: a cursor is good for the list that it came from, at any page size.
std::uint64_t fingerprint(const ArticleQuery& query);

}  // namespace tidings::serve
