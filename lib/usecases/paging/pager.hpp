// Sends pages, or says why it does not: real ones only by the user's own configuration.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation.hpp"
#include "domain/incident/page.hpp"
#include "usecases/paging/channels.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// What decides whether pages go out.
struct PagingSetup {
  std::filesystem::path channels_file;  ///< channels.yaml in the user's configuration folder
  bool clock_is_set = false;            ///< --now or NINES_NOW: such a run never pages
};

/// A word to one person that is no page.
struct Notice {
  std::string person;   ///< empty: nobody is to be told
  std::string channel;  ///< empty: none leads to them
  std::string text;
  incident::PageResult result = incident::PageResult::simulated;
  std::string why;  ///< of a simulation or a failure; what the command printed
};

/// How it ended, and whether we were asked to stop meanwhile: then that is recorded, and nothing
/// else goes out.
template <class Message>
struct Delivered {
  Message ended;
  bool stop_asked = false;
};

class Pager {
 public:
  /// Throws Error{config} as `read_channels` does, before anything is recorded.
  Pager(const Session& session, const PagingSetup& setup);

  /// Empty when pages go out; else the reason why nothing does, for every incident.
  const std::string& off() const { return off_; }
  /// The same for one incident: drills, tests and incidents filled in afterwards page nobody.
  std::string off_for(const incident::Incident& incident) const;
  /// Whether channels.yaml has a channel of that name.
  bool has_channel(const std::string& name) const { return channel_named(name) != nullptr; }
  /// What channels.yaml says and cannot be used, one line each.
  const std::vector<std::string>& problems() const { return channels_.problems; }

  /// The page as it is recorded before it goes out: intended, or simulated with its reason.
  /// `errand` is what it says, where it is not that the incident burns.
  incident::Page prepare(const incident::Incident& incident, const incident::Occurrence& step,
                         const incident::Call& call, const Uid& uid,
                         const std::string& errand = {}) const;
  /// Runs the channel's command. Only for pages that `prepare` left intended, once their event is
  /// on disk. Gives the page as it ended.
  Delivered<incident::Page> send(const incident::Incident& incident, incident::Page page,
                                 const std::string& errand = {}) const;

  /// A reminder for a person: by the channel 'reminder' where it can reach them, else by the first,
  /// as channels.yaml has them, with an address of theirs. Intended, or simulated with its reason;
  /// what is intended is recorded, then sent.
  Notice prepare_notice(const incident::Incident& incident, const std::string& person,
                        const std::string& text) const;
  Delivered<Notice> send_notice(const incident::Incident& incident, Notice notice) const;

 private:
  struct Outcome {
    incident::PageResult result = incident::PageResult::failed;
    std::string said;
    bool stop_asked = false;
  };

  Fields fields_of(const incident::Incident& incident, const incident::Page& page,
                   const std::string& errand) const;
  const Channel* channel_named(const std::string& name) const;
  std::string address_of(const std::string& person, const std::string& channel) const;
  Outcome deliver(const incident::Page& page, const Fields& fields) const;

  const Session& session_;
  Channels channels_;
  std::string off_;
  std::map<std::string, std::map<std::string, std::string>> contacts_;  ///< of persons on record
};

}  // namespace nines::usecases
