// Fills in the channel's template and runs it; what went out, and what came of it, as a page.
#include "usecases/paging/pager.hpp"

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/secrets.hpp"
#include "base/text.hpp"
#include "store/store.hpp"
#include "usecases/log/trust.hpp"
#include "usecases/paging/people.hpp"

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

constexpr std::size_t kMostOutput = 4096;
constexpr int kShownWidth = 200;

/// What the program said, as one line of a record.
std::string said_in(const ProcessResult& ran) {
  auto text = redact_secrets(ran.output, ran.truncated).text;
  for (auto& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return fit_width(escape_controls(trim(text)), kShownWidth);
}

/// Why it counts as not sent; empty when it went out.
std::string failure_of(const ProcessResult& ran, const std::string& program, Micros timeout) {
  using End = ProcessResult::End;
  switch (ran.end) {
    case End::exited:
      return ran.exit_code == 0 ? "" : "exit " + std::to_string(ran.exit_code);
    case End::signalled:
      return "killed by signal " + std::to_string(ran.signal);
    case End::timed_out:
      return "no end within " + format_duration(timeout);
    case End::interrupted:
      return "interrupted, it may have been sent";
    case End::not_found:
      return "could not run: no program '" + program + "'";
    case End::not_started:
      break;
  }
  return "could not run: " + ran.problem;
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

const Channel* Pager::channel_named(const std::string& name) const {
  const auto found = channels_.channels.find(name);
  return found == channels_.channels.end() ? nullptr : &found->second;
}

std::string Pager::address_of(const std::string& name, const std::string& channel) const {
  for (const auto* book : {&channels_.people, &contacts_}) {
    const auto person = book->find(name);
    if (person == book->end()) continue;
    const auto address = person->second.find(channel);
    if (address != person->second.end()) return address->second;
  }
  return {};
}

Fields Pager::fields_of(const Incident& incident, const Page& page,
                        const std::string& errand) const {
  Fields fields{{"incident", incident.name},
                {"title", incident.title},
                {"severity", std::string(to_string(incident.severity))},
                {"status", std::string(to_string(incident.status))},
                {"services", join(incident.services, ", ")},
                {"policy", page.policy},
                {"step", page.step},
                {"person", page.person},
                {"address", address_of(page.person, page.channel)},
                {"target", page.target},
                {"why", page.why}};
  fields["text"] = headline_of(incident) + " (" + page.person +
                   (page.step.empty() ? "" : ", step " + page.step) +
                   "): " + (errand.empty() ? "nines incident ack " + incident.name : errand);
  return fields;
}

Page Pager::prepare(const Incident& incident, const incident::Occurrence& step,
                    const incident::Call& call, const Uid& uid, const std::string& errand) const {
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
  if (const auto* channel = channel_named(page.channel);
      channel != nullptr && channel->problem.empty()) {
    const auto fields = fields_of(incident, page, errand);
    page.command = command_hash(rendered(*channel, fields), input_of(*channel, fields));
  }
  page.why = off_for(incident);
  page.result = page.why.empty() ? PageResult::intended : PageResult::simulated;
  return page;
}

Pager::Outcome Pager::deliver(const Page& page, const Fields& fields) const {
  const auto* channel = channel_named(page.channel);
  if (channel == nullptr)
    return {PageResult::failed, "channel '" + page.channel + "' is not set up"};
  if (!channel->problem.empty())
    return {PageResult::failed,
            "channel '" + page.channel + "' cannot be used: " + channel->problem};
  const auto words = rendered(*channel, fields);
  if (needs_address(*channel) && fields.at("address").empty())
    return {PageResult::failed,
            "no address of " + page.person + " for channel '" + page.channel + "'"};
  ProcessResult ran;
  try {
    ran = run_process({.argv = words,
                       .env = own_environment(),
                       .folder = {},
                       .timeout = channel->timeout,
                       .output_cap = kMostOutput,
                       .input = input_of(*channel, fields),
                       .spare_rest = true});
  } catch (const Error& error) {  // nothing was started: the next person's turn comes all the same
    return {PageResult::failed, std::string("could not run: ") + error.what()};
  }
  const auto said = said_in(ran);
  const auto why = failure_of(ran, words.front(), channel->timeout);
  if (why.empty()) return {PageResult::sent, said, ran.stop_asked};
  const bool unknown = ran.end == ProcessResult::End::interrupted;
  return {unknown ? PageResult::unresolved : PageResult::failed,
          why + (said.empty() ? "" : ": " + said), ran.stop_asked};
}

Delivered<Page> Pager::send(const Incident& incident, Page page, const std::string& errand) const {
  // Asked again here, so that no path past `prepare` can reach a person for a drill.
  const auto off = off_for(incident);
  const auto outcome = off.empty() ? deliver(page, fields_of(incident, page, errand))
                                   : Outcome{PageResult::failed, off};
  page.result = outcome.result;
  page.why = outcome.said;
  page.finished = session_.now();
  return {std::move(page), outcome.stop_asked};
}

Notice Pager::prepare_notice(const Incident& incident, const std::string& person,
                             const std::string& text) const {
  Notice notice{person, {}, text, PageResult::simulated, off_for(incident)};
  if (person.empty()) {
    notice.why = "nobody holds communications or command";
    return notice;
  }
  constexpr auto kOwn = "reminder";
  if (const auto* own = channel_named(kOwn); own != nullptr && own->problem.empty())
    if (!needs_address(*own) || !address_of(person, kOwn).empty()) notice.channel = kOwn;
  for (const auto& name : channels_.order)
    if (notice.channel.empty() && channel_named(name)->problem.empty() &&
        !address_of(person, name).empty())
      notice.channel = name;
  if (!notice.why.empty()) return notice;
  if (notice.channel.empty())
    notice.why = "no channel 'reminder' for " + person + ", and none with an address of theirs";
  else
    notice.result = PageResult::intended;
  return notice;
}

Delivered<Notice> Pager::send_notice(const Incident& incident, Notice notice) const {
  Page page;
  page.person = notice.person;
  page.channel = notice.channel;
  const auto off = off_for(incident);
  const auto outcome = off.empty() ? deliver(page, fields_of(incident, page, notice.text))
                                   : Outcome{PageResult::failed, off};
  notice.result = outcome.result;
  notice.why = outcome.said;
  return {std::move(notice), outcome.stop_asked};
}

}  // namespace nines::usecases
