// Fills a store for the benchmarks of incidents, many events to a transaction:
//
//   incident_store entries COUNT DB     one open incident with so many lines in its timeline
//   incident_store incidents COUNT DB   so many incidents, all but one of them closed
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/entropy.hpp"
#include "base/error.hpp"
#include "store/incident_events.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace {

using namespace nines;

constexpr int kPerTransaction = 1000;

Instant now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

store::Store open_store(const char* path) {
  store::StoreOptions options;
  options.path = path;
  options.mode = store::Mode::write;
  options.clock = now;
  return store::Store(options);
}

Uid make_uid() {
  SystemEntropy entropy;
  return Uid::make(now(), entropy);
}

incident::Incident open_incident(store::Store& store, store::Transaction& tx, int number) {
  incident::Incident head;
  head.uid = make_uid();
  head.title = "requests of service " + std::to_string(number % 40) + " fail in one zone of two";
  head.severity = static_cast<incident::Severity>(1 + number % 5);
  head.services = {"service-" + std::to_string(number % 40)};
  head.commander = number % 3 == 0 ? "ada" : "grace";
  head.opened_at = now() - std::chrono::minutes{number};
  tx.append(store::incident_opened(head, store::take_number(store.db(), "INC")));
  tx.append(
      store::incident_role_set(head.uid, incident::kCommander, head.commander, "", head.opened_at));
  return head;
}

void add_entry(store::Store& store, store::Transaction& tx, const Uid& incident, int number) {
  incident::Entry entry;
  entry.uid = make_uid();
  entry.number = store::take_number(store.db(), "entry of " + incident.to_string());
  entry.text = "looked at node " + std::to_string(number) + ": its queue grows, nothing in the log";
  entry.when.at = entry.recorded_at = now();
  tx.append(store::incident_entry_added(incident, entry));
}

void close_incident(store::Transaction& tx, const incident::Incident& head) {
  const incident::StatusStep step{.to = incident::Status::closed,
                                  .outcome = incident::Outcome::resolved};
  tx.append(store::incident_status_set(head.uid, head.status, step,
                                       {.at = head.opened_at + std::chrono::minutes{42}}));
}

void fill(store::Store& store, bool entries, int count) {
  std::optional<Uid> first;
  for (int done = 0; done < count;) {
    store::Transaction tx(store, "ada", "benchmark", "benchmark");
    if (!first) first = open_incident(store, tx, 0).uid;
    for (int i = 0; i < kPerTransaction && done < count; ++i, ++done) {
      if (entries)
        add_entry(store, tx, *first, done);
      else if (done > 0)
        close_incident(tx, open_incident(store, tx, done));
    }
    tx.commit();
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  if (what != "entries" && what != "incidents") {
    std::fputs("usage: incident_store entries|incidents COUNT DB\n", stderr);
    return 2;
  }
  try {
    auto store = open_store(argv[3]);
    fill(store, what == "entries", std::atoi(argv[2]));
  } catch (const nines::Error& error) {
    std::fprintf(stderr, "incident_store: %s\n", error.what());
    return 1;
  }
  return 0;
}
