// Any bytes read as flows, names of addresses or cohorts give sound ones, or an error with a hint.
#include "base/error.hpp"
#include "check.hpp"
#include "ingest/cohorts.hpp"
#include "ingest/flows.hpp"

namespace {

using namespace nines;

template <typename Read>
void read_flows_or_refuse(Read&& read) {
  try {
    read();
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data && !error.hint().empty(),
                "a refusal is bad data and says what to do");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  ingest::AddressNames names{{"10.0.0.5", "shop"}, {"java", "shop"}, {"10.0.1.7:5432", "db"}};
  read_flows_or_refuse([&] {
    for (const auto& [address, service] : ingest::read_address_names(text, "names")) {
      fuzz::check(!address.empty() && !service.empty(), "an address has a service");
      fuzz::check(service.size() <= 200, "names are bounded");
      names.emplace(address, service);
    }
  });
  read_flows_or_refuse([&] {
    const auto flows = ingest::read_flows(text, "flows", names);
    fuzz::check(flows.nameless <= flows.flows, "a nameless flow is a flow");
    for (const auto& [from, to] : flows.edges)
      fuzz::check(!from.empty() && !to.empty() && from != to, "an edge has two ends");
  });
  read_flows_or_refuse([&] {
    for (const auto& [change, metrics] : ingest::read_cohorts(text, "cohorts")) {
      fuzz::check(!change.empty(), "cohorts are of a change");
      std::size_t samples = 0;
      for (const auto& metric : metrics) samples += metric.exposed.size() + metric.control.size();
      if (samples < 1000) fuzz::check(!rca::judge_exposure(metrics).because.empty(), "it says why");
    }
  });
  return 0;
}
