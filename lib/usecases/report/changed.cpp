// Looks for the command that changed a figure by making the figure as of commands in between.
#include "usecases/report/changed.hpp"

#include <map>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::usecases {
namespace {

using governance::ChangedFigure;
using store::CommandOnRecord;
using Texts = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kAbsent = "not in the report";

std::string text_in(const Texts& texts, std::string_view key) {
  const auto found = texts.find(key);
  return found == texts.end() ? std::string(kAbsent) : found->second;
}

Texts texts_of(const std::vector<store::PublishedFigure>& figures) {
  Texts texts;
  for (const auto& figure : figures) texts[figure.key] = figure.text;
  return texts;
}

/// The figures as of a command, each made once.
class Past {
 public:
  Past(const Session& session, const MakeFigures& make) : session_(session), make_(make) {}

  const Texts& as_of(Instant at) {
    const auto found = known_.find(at);
    if (found != known_.end()) return found->second;
    auto options = session_.options();
    options.write = false;
    options.as_of = at;
    return known_[at] = texts_of(make_(Session::open(options)));
  }

 private:
  const Session& session_;
  const MakeFigures& make_;
  std::map<Instant, Texts> known_;
};

/// The first command after which the figure is not what was published.
const CommandOnRecord* culprit(const std::vector<CommandOnRecord>& commands, Past& past,
                               const std::string& key, const std::string& published) {
  std::size_t low = 0, high = commands.size();
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (text_in(past.as_of(commands[middle].hlc), key) == published)
      low = middle + 1;
    else
      high = middle;
  }
  return low < commands.size() ? &commands[low] : nullptr;
}

std::string told_of(const CommandOnRecord& command) {
  auto text =
      fmt::format("{} by {} on {} ({})", command.command.empty() ? command.kind : command.command,
                  command.actor, format_utc(command.hlc).substr(0, 10), command.name);
  if (!command.because.empty()) text += ": " + command.because;
  return text;
}

}  // namespace

std::vector<store::PublishedFigure> published_figures(const governance::Report& report) {
  std::vector<store::PublishedFigure> figures;
  for (const auto* figure : report.figures())
    figures.push_back({figure->key, figure->label, governance::figure_text(*figure)});
  return figures;
}

std::vector<ChangedFigure> changed_figures(const Session& session,
                                           const store::PublishedReport& published,
                                           const std::vector<store::PublishedFigure>& figures,
                                           const MakeFigures& make) {
  const auto then = texts_of(published.figures), now = texts_of(figures);
  std::map<std::string, std::string> labels;
  for (const auto* some : {&published.figures, &figures})
    for (const auto& figure : *some)
      if (text_in(then, figure.key) != text_in(now, figure.key)) labels[figure.key] = figure.label;
  std::vector<ChangedFigure> changed;
  if (labels.empty()) return changed;
  const auto commands = store::commands_since(session.store(), published.made_at);
  Past past(session, make);
  for (const auto& [key, label] : labels) {
    ChangedFigure one{key, label, text_in(then, key), text_in(now, key), {}, {}};
    if (text_in(past.as_of(published.made_at), key) != one.before) {
      one.because = "a record that came from another machine later, or another version of nines";
    } else if (const auto* command = culprit(commands, past, key, one.before)) {
      one.event = log::to_string(command->event);
      one.because = told_of(*command);
    } else {
      one.because = "no command on record since";
    }
    changed.push_back(std::move(one));
  }
  return changed;
}

}  // namespace nines::usecases
