// Fills in the channel's template and runs it; what went out, and what came of it, as a page.
#include "usecases/paging/pager.hpp"

#include "base/text.hpp"
#include "store/store.hpp"
#include "usecases/log/trust.hpp"
#include "usecases/paging/people.hpp"
#include "usecases/run_command.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;
using incident::Mode;
using incident::Page;
using incident::PageResult;

std::string reason_off(const Session& session, const PagingSetup& setup,
                       const std::optional<Channels>& channels) {
  const auto& options = session.options();
  if (!channels) return "no channels are set up";
  if (!channels->send) return "sending is off: channels.yaml does not say 'send: true'";
  if (setup.clock_is_set) return "the clock of this run was set";
  if (options.trust_list.empty() || !is_trusted(options.trust_list, session.store().id()))
    return "the store is not trusted by this user";
  return {};
}

std::string headline_of(const Incident& incident) {
  return incident.name + " " + std::string(to_string(incident.severity)) + ": " + incident.title;
}

}  // namespace

Pager::Pager(const Session& session, const PagingSetup& setup) : session_(session) {
  auto channels = read_channels(setup.channels_file);
  off_ = reason_off(session, setup, channels);
  if (channels) channels_ = std::move(*channels);
  contacts_ = contacts_on_record(session);
}

std::string Pager::off_for(const Incident& incident) const {
  if (incident.mode == Mode::drill) return "it is a drill";
  if (incident.mode == Mode::test) return "it is a test";
  if (incident.mode == Mode::retrospective) return "it was over before it was recorded";
  return off_;
}

const Channel* Pager::channel_of(const Page& page) const {
  const auto found = channels_.channels.find(page.channel);
  return found == channels_.channels.end() ? nullptr : &found->second;
}

std::string Pager::address_of(const Page& page) const {
  for (const auto* book : {&channels_.people, &contacts_}) {
    const auto person = book->find(page.person);
    if (person == book->end()) continue;
    const auto address = person->second.find(page.channel);
    if (address != person->second.end()) return address->second;
  }
  return {};
}

Fields Pager::fields_of(const Incident& incident, const Page& page) const {
  Fields fields{{"incident", incident.name},
                {"title", incident.title},
                {"severity", std::string(to_string(incident.severity))},
                {"status", std::string(to_string(incident.status))},
                {"services", join(incident.services, ", ")},
                {"policy", page.policy},
                {"step", page.step},
                {"person", page.person},
                {"address", address_of(page)},
                {"target", page.target},
                {"why", page.why}};
  fields["text"] = headline_of(incident) + " (" + page.person + ", step " + page.step +
                   "): nines incident ack " + incident.name;
  return fields;
}

Page Pager::prepare(const Incident& incident, const incident::Occurrence& step,
                    const incident::Call& call, const Uid& uid) const {
  Page page;
  page.uid = uid;
  page.incident = incident.uid;
  page.policy = step.policy;
  page.step = step.step;
  page.cycle = step.cycle;
  page.person = call.person;
  page.channel = call.channel;
  page.target = describe(call.target);
  page.at = step.at;
  page.in_turn = step.in_turn;
  if (const auto* channel = channel_of(page)) {
    const auto fields = fields_of(incident, page);
    page.command = command_hash(rendered(*channel, fields), input_of(*channel, fields));
  }
  page.why = off_for(incident);
  page.result = page.why.empty() ? PageResult::intended : PageResult::simulated;
  return page;
}

Page Pager::send(const Incident& incident, Page page) const {
  const auto fail = [&](std::string why) {
    page.result = PageResult::failed;
    page.why = std::move(why);
    page.finished = session_.now();
    return page;
  };
  // Asked again here, so that no path past `prepare` can reach a person for a drill.
  if (const auto off = off_for(incident); !off.empty()) return fail(off);
  const auto* channel = channel_of(page);
  if (channel == nullptr) return fail("channel '" + page.channel + "' is not set up");
  const auto fields = fields_of(incident, page);
  const auto words = rendered(*channel, fields);
  const bool needs_address = std::any_of(
      channel->command.begin(), channel->command.end(),
      [](const std::string& word) { return word.find("{address}") != std::string::npos; });
  if (needs_address && fields.at("address").empty())
    return fail("no address of " + page.person + " for channel '" + page.channel + "'");
  const auto result = run_command(
      {.words = words, .input = input_of(*channel, fields), .timeout = channel->timeout});
  const auto said = redacted(result.output);
  if (!result.started) return fail("could not run: " + result.problem);
  if (result.timed_out)
    return fail("no end within " + format_duration(channel->timeout) +
                (said.empty() ? "" : ": " + said));
  if (result.status != 0)
    return fail("exit " + std::to_string(result.status) + (said.empty() ? "" : ": " + said));
  page.result = PageResult::sent;
  page.why = said;
  page.finished = session_.now();
  return page;
}

}  // namespace nines::usecases
