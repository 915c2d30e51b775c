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

class Pager {
 public:
  /// Throws Error{config} as `read_channels` does, before anything is recorded.
  Pager(const Session& session, const PagingSetup& setup);

  /// Empty when pages go out; else the reason why nothing does, for every incident.
  const std::string& off() const { return off_; }
  /// The same for one incident: drills, tests and incidents filled in afterwards page nobody.
  std::string off_for(const incident::Incident& incident) const;

  /// The page as it is recorded before it goes out: intended, or simulated with its reason.
  incident::Page prepare(const incident::Incident& incident, const incident::Occurrence& step,
                         const incident::Call& call, const Uid& uid) const;
  /// Runs the channel's command. Only for pages that `prepare` left intended, once their event is
  /// on disk. Gives the page as it ended.
  incident::Page send(const incident::Incident& incident, incident::Page page) const;

 private:
  Fields fields_of(const incident::Incident& incident, const incident::Page& page) const;
  const Channel* channel_of(const incident::Page& page) const;
  std::string address_of(const incident::Page& page) const;

  const Session& session_;
  Channels channels_;
  std::string off_;
  std::map<std::string, std::map<std::string, std::string>> contacts_;  ///< of persons on record
};

}  // namespace nines::usecases
