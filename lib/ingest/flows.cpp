// Ends of connections into services; who is called is told by who listens.
#include "ingest/flows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/metric_table.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostUnnamed = 5;

struct Pair {
  std::string_view from, to;
};
constexpr std::array<Pair, 8> kAddressColumns = {{{"srcaddr", "dstaddr"},
                                                  {"src_addr", "dst_addr"},
                                                  {"src_ip", "dst_ip"},
                                                  {"source_ip", "destination_ip"},
                                                  {"sourceip", "destinationip"},
                                                  {"source_address", "destination_address"},
                                                  {"saddr", "daddr"},
                                                  {"sa", "da"}}};
constexpr std::array<Pair, 6> kPortColumns = {{{"srcport", "dstport"},
                                               {"src_port", "dst_port"},
                                               {"source_port", "destination_port"},
                                               {"sourceport", "destinationport"},
                                               {"sport", "dport"},
                                               {"sp", "dp"}}};

/// Cells of a line of flows; they hold addresses and numbers, and no separator themselves.
std::vector<std::string_view> flow_cells(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  if (separator != ' ') {
    for (auto cell : split(line, separator)) {
      cell = trim(cell);
      if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
        cell = cell.substr(1, cell.size() - 2);
      cells.push_back(cell);
    }
    return cells;
  }
  std::size_t at = 0;
  while ((at = line.find_first_not_of(" \t\r", at)) != std::string_view::npos) {
    const auto end = std::min(line.find_first_of(" \t\r", at), line.size());
    cells.push_back(line.substr(at, end - at));
    at = end;
  }
  return cells;
}

char flow_separator(std::string_view line) {
  for (const char c : {',', ';', '\t'})
    if (line.find(c) != std::string_view::npos) return c;
  return ' ';
}

using Places = std::pair<std::size_t, std::size_t>;

template <std::size_t N>
std::optional<Places> flow_places(const std::vector<std::string_view>& header,
                                  const std::array<Pair, N>& known) {
  const auto place = [&](std::string_view wanted) {
    return static_cast<std::size_t>(
        std::find_if(header.begin(), header.end(),
                     [&](auto cell) { return to_lower_ascii(cell) == wanted; }) -
        header.begin());
  };
  for (const auto& [from, to] : known)
    if (place(from) < header.size() && place(to) < header.size())
      return Places(place(from), place(to));
  return std::nullopt;
}

struct End {
  std::string address;  ///< without brackets, zone and the prefix of mapped IPv4
  std::optional<int> port;
  std::string process = {};
};

std::string plain_address(std::string_view text) {
  if (text.starts_with('[')) {
    text.remove_prefix(1);
    text = text.substr(0, text.find(']'));
  }
  text = text.substr(0, text.find('%'));
  if (text.starts_with("::ffff:") && text.find('.') != std::string_view::npos)
    text.remove_prefix(7);
  return std::string(text);
}

std::optional<int> flow_port(std::string_view text) {
  int port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (problem != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535)
    return std::nullopt;
  return port;
}

/// "10.0.0.5:443", "[::1]:443", "*:80", "0.0.0.0:*"; nothing for a word that is no end.
std::optional<End> socket_end(std::string_view word) {
  const auto colon = word.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto port = word.substr(colon + 1);
  if (port != "*" && !flow_port(port)) return std::nullopt;
  const auto address = word.substr(0, colon);
  const bool plain = address == "*" || address.find_first_of(".:[") != std::string_view::npos;
  if (!plain) return std::nullopt;
  return End{plain_address(address), flow_port(port), {}};
}

bool is_nowhere(const End& end) {
  return end.address == "*" || end.address == "0.0.0.0" || end.address == "::" || !end.port;
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

/// The process of users:(("java",pid=1,fd=2)) or of 123/java.
std::string process_in(const std::vector<std::string_view>& words) {
  for (const auto word : words) {
    if (word.starts_with("users:((\"")) {
      const auto name = word.substr(9);
      return std::string(name.substr(0, name.find('"')));
    }
    const auto slash = word.find('/');
    if (slash != std::string_view::npos && slash > 0 && flow_port(word.substr(0, slash)))
      return std::string(word.substr(slash + 1));
  }
  return {};
}

class FlowReader {
 public:
  FlowReader(std::string_view file, const AddressNames& names) : file_(file), names_(names) {}

  void add(const End& from, const End& to) {
    ++flows_.flows;
    const auto caller = service_of(from), callee = service_of(to);
    if (!caller || !callee) {
      ++flows_.nameless;
      note_unnamed(caller ? to : from);
      return;
    }
    if (*caller == *callee || edges_.size() >= kMostGraphEdges) return;
    edges_.emplace(*caller, *callee);
  }
  /// Of two ends of one connection, whichever listens is called.
  void add_connection(const End& one, const End& other, const std::set<int>& listening) {
    if (is_loopback(one.address) && (!service_of(one) || !service_of(other))) return;
    const bool one_serves =
        listening.contains(*one.port) ||
        (!listening.contains(*one.port) && listening.empty() && *one.port < *other.port);
    add(one_serves ? other : one, one_serves ? one : other);
  }
  Flows take() {
    flows_.edges.assign(edges_.begin(), edges_.end());
    return std::move(flows_);
  }

  void read_records(std::string_view text, char separator, Places addresses,
                    std::optional<Places> ports) {
    const auto lines = split(text, '\n');
    auto last = std::max(addresses.first, addresses.second);
    if (ports) last = std::max({last, ports->first, ports->second});
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto cells = flow_cells(lines[i], separator);
      if (trim(lines[i]).empty()) continue;
      if (cells.size() <= last) refuse(i + 1, "the flow has too few cells", "one row per flow");
      // Flow logs write "-" where nothing was recorded.
      if (cells[addresses.first] == "-" || cells[addresses.second] == "-") continue;
      End from{plain_address(cells[addresses.first]), std::nullopt, {}};
      End to{plain_address(cells[addresses.second]), std::nullopt, {}};
      if (ports) {
        from.port = flow_port(cells[ports->first]);
        to.port = flow_port(cells[ports->second]);
      }
      if (from.port && to.port && *from.port != *to.port)
        add_connection(from, to, {});
      else
        add(from, to);
    }
  }

  void read_sockets(std::string_view text) {
    struct Connection {
      End local, peer;
    };
    std::vector<Connection> connections;
    std::set<int> listening;
    int number = 0;
    for (const auto line : split(text, '\n')) {
      ++number;
      const auto words = flow_cells(line, ' ');
      std::vector<End> ends;
      for (const auto word : words)
        if (auto end = socket_end(word)) ends.push_back(*std::move(end));
      if (ends.size() < 2) continue;  // headings, and sockets without an address
      if (is_nowhere(ends[1])) {
        if (ends[0].port) listening.insert(*ends[0].port);
        continue;
      }
      if (is_nowhere(ends[0])) continue;
      ends[0].process = process_in(words);
      connections.push_back({std::move(ends[0]), std::move(ends[1])});
    }
    if (connections.empty() && listening.empty())
      refuse(1, "no socket, edge or flow is in it",
             "a table of from,to or srcaddr,dstaddr, or the output of ss -tanp");
    for (const auto& one : connections) add_connection(one.local, one.peer, listening);
  }

 private:
  std::optional<std::string> service_of(const End& end) const {
    if (end.port)
      if (const auto found = names_.find(end.address + ":" + std::to_string(*end.port));
          found != names_.end())
        return found->second;
    for (const auto& key : {end.address, end.process})
      if (const auto found = names_.find(key); !key.empty() && found != names_.end())
        return found->second;
    return std::nullopt;
  }
  void note_unnamed(const End& end) {
    auto& unnamed = flows_.unnamed;
    const auto text = bounded(end.address, 60);
    if (unnamed.size() < kMostUnnamed &&
        std::find(unnamed.begin(), unnamed.end(), text) == unnamed.end())
      unnamed.push_back(text);
  }
  [[noreturn]] void refuse(std::size_t line, std::string what, std::string hint) const {
    throw Error(ExitCode::bad_data, std::move(what), std::move(hint), "BAD_GRAPH")
        .at({std::string(file_), static_cast<int>(line), 1});
  }

  std::string_view file_;
  const AddressNames& names_;
  Flows flows_;
  std::set<std::pair<std::string, std::string>> edges_;
};

bool is_socket_listing(std::string_view line) {
  for (const std::string_view begins :
       {"Netid", "State", "Recv-Q", "Proto ", "Active ", "ESTAB", "LISTEN", "tcp", "udp"})
    if (line.starts_with(begins)) return true;
  const auto words = flow_cells(line, ' ');
  return std::count_if(words.begin(), words.end(),
                       [](auto word) { return socket_end(word).has_value(); }) >= 2;
}

}  // namespace

AddressNames read_address_names(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  AddressNames names;
  const auto lines = split(text, '\n');
  const char separator = flow_separator(lines.empty() ? "" : lines.front());
  std::optional<Places> places;
  if (!lines.empty()) {
    const auto header = flow_cells(lines.front(), separator);
    for (const std::string_view key : {"address", "ip", "host", "process", "endpoint"})
      for (const std::string_view name : {"service", "name", "workload"})
        if (!places) places = flow_places(header, std::array<Pair, 1>{{{key, name}}});
  }
  for (std::size_t i = places ? 1 : 0; i < lines.size(); ++i) {
    const auto line = trim(lines[i].substr(0, lines[i].find('#')));
    if (line.empty()) continue;
    const auto cells = flow_cells(line, places ? separator : separator == ',' ? ',' : ' ');
    const auto [key, name] = places.value_or(Places(0, 1));
    if (cells.size() <= std::max(key, name) || cells[key].empty() || cells[name].empty())
      throw Error(ExitCode::bad_data, "the line names no address and service",
                  "address,service; or 10.0.1.7 payments, as of /etc/hosts", "BAD_GRAPH")
          .at({std::string(file), static_cast<int>(i + 1), 1});
    names[std::string(cells[key])] = bounded(cells[name], 200);
  }
  return names;
}

Flows read_flows(std::string_view text, std::string_view file, const AddressNames& names) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.substr(0, text.find('\n'));
  const char separator = flow_separator(first);
  const auto header = flow_cells(first, separator);
  FlowReader reader(file, names);
  if (const auto addresses = flow_places(header, kAddressColumns)) {
    reader.read_records(text, separator, *addresses, flow_places(header, kPortColumns));
    return reader.take();
  }
  if (is_socket_listing(first)) {
    reader.read_sockets(text);
    return reader.take();
  }
  const auto graph = read_call_graph(text, file);
  Flows flows;
  const auto name_of = [&](const std::string& node) {
    const auto found = names.find(node);
    return found == names.end() ? node : found->second;
  };
  std::set<std::pair<std::string, std::string>> edges;
  for (std::size_t from = 0; from < graph.nodes.size(); ++from)
    for (const auto to : graph.callees[from]) {
      ++flows.flows;
      auto edge = std::pair(name_of(graph.nodes[from]), name_of(graph.nodes[to]));
      if (edge.first != edge.second) edges.insert(std::move(edge));
    }
  flows.edges.assign(edges.begin(), edges.end());
  return flows;
}

}  // namespace nines::ingest
