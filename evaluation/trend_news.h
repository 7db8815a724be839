// News that streams are made of: JSON lines {"title","text","at"} in the order of their times
// (seconds), analyzed as the product does.
#pragma once

#include <istream>
#include <vector>

#include "model/search_document.h"

namespace tidings::evaluation {

struct NewsArticle {
  SearchDocument document;
  double at = 0;  // of all the time that they cover, [0, 1)
};

std::vector<NewsArticle> read_news(std::istream& in);

// The first of `near` articles that came about then.
std::size_t first_about(const std::vector<NewsArticle>& news, double at, std::size_t near);

}  // namespace tidings::evaluation
