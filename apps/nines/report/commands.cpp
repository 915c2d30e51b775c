// The rows of the 'report' commands: a new verb is one file beside this one, and one row here.
#include "nines/report/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> report_commands() {
  using namespace report;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"report verb", "what it does", Needs::store_read, declare_verb, run_verb},
  // clang-format off
  static const std::vector<Command> rows = {
      {"report postmortem answer", "who is to blame: systems and owners, with the question on record", Needs::store_write, declare_postmortem_answer, run_postmortem_answer},
      {"report postmortem draft", "the first text, from what is on record", Needs::store_write, declare_postmortem_draft, run_postmortem_draft},
      {"report postmortem edit", "change the text in your editor, or from a file", Needs::store_write, declare_postmortem_edit, run_postmortem_edit},
      {"report postmortem export", "postmortems as files or rows", Needs::store_read, declare_postmortem_export, run_postmortem_export},
      {"report postmortem facilitate", "what to ask whom, and what could be seen then", Needs::store_read, declare_postmortem_facilitate, run_postmortem_facilitate},
      {"report postmortem factors", "contributing factors that the facts propose; accept or reject each", Needs::store_write, declare_postmortem_factors, run_postmortem_factors},
      {"report postmortem import", "postmortems from Markdown, JSON lines or CSV", Needs::store_write, declare_postmortem_import, run_postmortem_import},
      {"report postmortem lint", "words that judge people, each with a question to ask instead", Needs::nothing, declare_postmortem_lint, run_postmortem_lint},
      {"report postmortem list", "what is written and what is due", Needs::store_read, declare_postmortem_list, run_postmortem_list},
      {"report postmortem publish", "pin the text that all reviewers approve of", Needs::store_write, declare_postmortem_publish, run_postmortem_publish},
      {"report postmortem review", "ask people to read the text, and take their word", Needs::store_write, declare_postmortem_review, run_postmortem_review},
      {"report postmortem show", "one text, with its state and reviewers", Needs::store_read, declare_postmortem_show, run_postmortem_show},
      {"report quarter", "twelve parts for the architecture board, from the record alone", Needs::store_read, declare_quarter, run_quarter},
      {"report recurrence", "incidents that share causes, and what should have prevented them", Needs::store_read, declare_recurrence, run_recurrence},
      {"report trend", "the same figures over several periods, and whether they really move", Needs::store_read, declare_trend, run_trend},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
