#include "parse/addresses.h"

#include "core/strings.h"
#include "core/url.h"
#include "parse/problems.h"
#include "text/html_entities.h"

namespace tidings::parse {

bool Addresses::allows(std::size_t bytes) {
  if (grown_bytes_ + bytes > limits_.address_growth_bytes_max) {
    add_problem(problems_, "The relative addresses grow beyond their limit; some were left out.");
    return false;
  }
  grown_bytes_ += bytes;
  return true;
}

std::string Addresses::resolved(std::string_view base, std::string_view address) {
  address = trim(address);
  if (address.empty()) return {};
  if (address.size() > limits_.text_bytes_max) {
    add_problem(problems_, "An address was longer than its limit and was left out.");
    return {};
  }
  std::string decoded;
  if (address.find("&amp;") != std::string_view::npos) {
    decoded = text::decode_entities(address);
    address = decoded;
  }
  if (base != base_.address()) base_ = BaseUrl(base);
  std::string absolute = base_.resolve(address);
  if (absolute.empty()) return std::string(address);
  const bool is_allowed =
      absolute.size() <= address.size() || allows(absolute.size() - address.size());
  return is_allowed ? absolute : std::string();
}

std::string Addresses::copied(std::string_view base) {
  return allows(base.size()) ? std::string(base) : std::string();
}

}  // namespace tidings::parse
