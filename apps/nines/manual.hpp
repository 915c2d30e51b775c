// Manual pages in mdoc, made from the command table so that help and manual cannot differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nines/command.hpp"

namespace nines::app {

/// The pages there are: "nines", then one per family.
std::vector<std::string> manual_page_names();

/// "nines" covers every command outside a page of its own, "nines-slo" those of the family slo.
/// Throws Error{not_found} for any other page.
std::string manual_page(const std::vector<Command>& commands, std::string_view page);

}  // namespace nines::app
