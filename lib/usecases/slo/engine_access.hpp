// Which metrics engines a user trusts, and the credentials sent to each: the user's own engines.yaml.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.hpp"
#include "ingest/http.hpp"

namespace nines::usecases {

/// What is sent to one engine, and how it is asked.
struct EngineAccess {
  std::string bearer_file;  ///< a file or a variable, never the credential itself
  std::string bearer_env;
  std::string user;
  std::string password_file;
  std::string password_env;
  std::map<std::string, std::string> headers;  ///< "X-Scope-OrgID: shop"
  ingest::HttpLimits limits;

  bool has_credentials() const { return !bearer_file.empty() || !bearer_env.empty() || !user.empty(); }
};

/// By origin ("https://prometheus.example:9090"). Nothing when there is no such file. Throws
/// Error{config}, with the place, for one that is not understood or that others may write.
using EngineList = std::map<std::string, EngineAccess, std::less<>>;
EngineList read_engines(const std::filesystem::path& file);
/// The same of its text; `file` is the name that errors show.
EngineList parse_engines(std::string_view bytes, const std::string& file);

/// The entry for that URL. Throws Error{needs_approval}, with the lines to write, when there is none: a
/// DataSource that came with a repository must not send anybody's token anywhere.
const EngineAccess& require_trusted(const EngineList& engines, const std::string& url,
                                    const std::filesystem::path& file);

/// The headers with the credentials in them. Throws Error{config}: a file that cannot be read or
/// that others may read, a variable that is not set, credentials for plain http over a network.
std::vector<std::string> headers_for(const EngineAccess& access, const std::string& url,
                                     const ProcessEnvironment& env);

}  // namespace nines::usecases
