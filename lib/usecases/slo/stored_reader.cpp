// Goes through the one reader that every dialect has, without parsing YAML again.
#include "usecases/slo/stored_reader.hpp"

namespace nines::usecases {

std::optional<yaml::Definition> read_record(const nines::slo::DefinitionRecord& record) {
  yaml::ReadOptions options;
  options.keep_json = false;
  auto reading = yaml::read_definition(record.document, record.path, options);
  if (reading.definitions.size() != 1) return std::nullopt;
  return std::move(reading.definitions[0]);
}

std::vector<nines::slo::Slo> slos_of(const nines::slo::DefinitionRecord& record) {
  auto definition = read_record(record);
  if (!definition) return {};
  if (auto* one = std::get_if<nines::slo::Slo>(&definition->object)) return {std::move(*one)};
  if (auto* several = std::get_if<std::vector<nines::slo::Slo>>(&definition->object))
    return std::move(*several);
  return {};
}

}  // namespace nines::usecases
