// Whether two addresses are of one page, or of one site, for as much as addresses tell.
#pragma once

#include <string_view>

namespace tidings::extract {

// Same host but for "www." and its like, same path but for a closing slash; scheme, query and
// fragment may differ unless the path is "/". Both absolute, or the first a path.
bool is_same_page(std::string_view address, std::string_view page_url);

// Hosts of one registrable domain.
bool is_same_site(std::string_view host, std::string_view other_host);

// The host of an absolute address as it stands; empty where there is none.
std::string_view host_of(std::string_view address);

}  // namespace tidings::extract
