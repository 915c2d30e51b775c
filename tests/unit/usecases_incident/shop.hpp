// A store with a policy, and channels that write down what they were run for.
#pragma once

#include <sys/stat.h>

#include <fstream>
#include <string>

#include "store/definitions.hpp"
#include "store/store.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/paging/pager.hpp"
#include "yaml/definitions.hpp"

namespace nines::test {

inline constexpr std::string_view kPolicy = R"(apiVersion: nines/v1
kind: EscalationPolicy
metadata: {name: shop}
spec:
  description: Two people.
  steps:
    - {name: one, delay: 0s, acknowledgeWithin: 5m, notify: [{person: ada}]}
    - {name: two, delay: 0s, acknowledgeWithin: 10m, notify: [{person: bo}]}
)";

/// A store with a policy, a clock that is moved by hand, and a channel that writes a line per page.
class Shop {
 public:
  Shop() {
    write_channels("page: " + line_to("sent") + "  reminder: " + line_to("told"));
    auto session = usecases::Session::open(options(true));
    apply(session, std::string(kPolicy));
  }

  void write_channels(const std::string& text) const {
    std::ofstream(folder_ / "channels.yaml") << "send: true\nchannels:\n  " + text;
    ::chmod((folder_ / "channels.yaml").c_str(), 0600);
  }

  usecases::SessionOptions options(bool create = false) {
    usecases::SessionOptions options;
    options.db = folder_ / "nines.db";
    options.write = true;
    options.create = create;
    options.clock = [this] { return now; };
    options.actor = actor;
    options.command = "test";
    options.because = "a test";
    options.state_folder = folder_ / "state";
    options.trust_list = folder_ / "trusted";
    return options;
  }
  usecases::Session session() { return usecases::Session::open(options()); }

  static void apply(usecases::Session& session, const std::string& text) {
    auto reading = yaml::read_definitions(text, "policy.yaml");
    const auto& definition = reading.definitions.at(0);
    store::Transaction tx(session.store(), "ada", "test", "a test");
    tx.append(store::definition_applied({.kind = definition.kind,
                                         .name = definition.name,
                                         .api_version = definition.api_version,
                                         .path = "policy.yaml",
                                         .document = definition.json}));
    tx.commit();
  }

  std::size_t sent() const { return lines_in("sent"); }
  std::size_t told() const { return lines_in("told"); }

  std::size_t lines_in(const char* name) const {
    std::ifstream in(folder_ / name);
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    return lines;
  }

  incident::Incident open(incident::Mode mode = incident::Mode::standard) {
    auto one = session();
    usecases::OpenRequest request{.title = "checkout is down"};
    request.severity = incident::Severity::sev1;
    request.mode = mode;
    request.commander = "ada";
    return usecases::open_incident(one, request, false).incident;
  }

  usecases::PagingSetup setup() const { return {folder_ / "channels.yaml", false}; }

  Instant now = *parse_rfc3339("2026-11-23T02:00:00Z");
  std::string actor = "ada";

 private:
  std::string line_to(const char* name) const {
    return "{command: [sh, -c, \"echo $0 >> '" + (folder_ / name).string() +
           "'\", \"{incident}\"]}\n";
  }

  TempFolder folder_;
};

}  // namespace nines::test
