// Who talks to whom on a network: edges by name, flow records by address, the sockets of ss.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nines::ingest {

/// Services by "10.0.1.7:5432", by "10.0.1.7", or by the name of a process.
using AddressNames = std::map<std::string, std::string, std::less<>>;

/// A table with the columns address (ip, host, process) and service (name, workload), or lines as of
/// /etc/hosts, of which the first name counts. Throws Error{bad_data} for what is neither.
AddressNames read_address_names(std::string_view text, std::string_view file);

struct Flows {
  std::vector<std::pair<std::string, std::string>> edges;  ///< caller, callee; each once, by name
  std::uint64_t flows = 0;     ///< rows between two ends
  std::uint64_t nameless = 0;  ///< of them those with an end that `names` does not name
  std::vector<std::string> unnamed;  ///< a few of those ends
};

/// By its first line: edges or a matrix as `read_call_graph` takes them; flow records (columns such
/// as srcaddr,dstaddr,srcport,dstport; commas, semicolons, tabs or blanks between them); or what `ss
/// -tanp` and `netstat -tanp` print. Of two ends with ports the callee is the one that listens, as
/// the same file tells, else the one with the lower port; of two addresses alone the second is.
/// Loopback counts only where `names` names both ends. Throws Error{bad_data} with the place.
Flows read_flows(std::string_view text, std::string_view file, const AddressNames& names);

}  // namespace nines::ingest
