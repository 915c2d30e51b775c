// Configurations of others as typed values by path, secrets taken out.
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"
#include "domain/catalog/configuration.hpp"

namespace nines::ingest {

/// Adds one JSON document: `terraform show -json` (resources by address, what is marked sensitive
/// redacted), a Kubernetes object or list of them (by kind, namespace and name, without what the
/// cluster itself writes; a Secret's data redacted), or anything else below `prefix`. Items of a
/// list go by their name where all have one of their own, else by number. Throws Error{bad_data}
/// where it grows beyond what is kept.
void add_config_document(const Json& document, const std::string& prefix,
                         catalog::ConfigTree& tree);

/// .properties, .ini, .env, .conf: "key = value" or "key: value", sections in brackets, comments by
/// #, ; or !. All values are text, but for numbers and true or false. Throws Error{bad_data} with
/// the line that is none of them.
void add_config_lines(std::string_view text, std::string_view file, const std::string& prefix,
                      catalog::ConfigTree& tree);

}  // namespace nines::ingest
