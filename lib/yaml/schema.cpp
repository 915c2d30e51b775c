// JSON Schemas (draft-07) of the YAML kinds, made from the field tables that also drive the checks.
#include "yaml/schema.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "yaml/dialects.hpp"

namespace nines::yaml {

namespace {

/// Collects the shapes of one kind under "definitions".
class Writer {
 public:
  Json write(const KindTable& kind) {
    Json schema =
        Json::object({{"$schema", "http://json-schema.org/draft-07/schema#"},
                      {"$id", "https://nines.dev/schemas/" + name_of(kind) + ".json"},
                      {"title", std::string(kind.kind) + " of " + std::string(kind.api_version)}});
    Json shape = object_schema(*kind.shape);
    for (auto& [name, value] : shape.as_object()) schema.set(name, std::move(value));
    if (!definitions_.as_object().empty()) schema.set("definitions", std::move(definitions_));
    return schema;
  }

  static std::string name_of(const KindTable& kind) {
    std::string api(kind.api_version);
    std::replace(api.begin(), api.end(), '/', '-');
    return api + "." + to_lower_ascii(kind.kind);
  }

 private:
  Json object_schema(const Shape& shape) {
    Json required = Json::array();
    Json properties = Json::object();
    for (const Field& field : shape.fields) {
      if (field.required != 0) required.push(std::string(field.name));
      properties.set(std::string(field.name), field_schema(field));
    }
    Json schema = Json::object({{"type", "object"}});
    if (!required.as_array().empty()) schema.set("required", std::move(required));
    schema.set("properties", std::move(properties));
    schema.set("additionalProperties", false);
    return schema;
  }

  Json reference(const Shape& shape) {
    auto& name = names_[&shape];
    if (name.empty()) {
      name = shape.name;  // shapes of one name but other content are told apart by a number
      for (int n = 2; definitions_.find(name) != nullptr; ++n)
        name = std::string(shape.name) + std::to_string(n);
      definitions_.set(name, Json());  // a place, so that shapes may refer to themselves
      Json made = object_schema(shape);
      definitions_.set(name, std::move(made));
    }
    return Json::object({{"$ref", "#/definitions/" + name}});
  }

  Json field_schema(const Field& field) {
    // Beside $ref draft-07 ignores everything else, so the description stands in an allOf.
    if (field.type == Type::object) {
      return Json::object(
          {{"description", field.help}, {"allOf", Json(Json::Array{reference(*field.shape)})}});
    }
    Json schema = type_schema(field);
    schema.set("description", field.help);
    if (!field.choices.empty()) {
      Json choices = Json::array();
      for (const auto choice : field.choices) choices.push(std::string(choice));
      schema.set("enum", std::move(choices));
    }
    if (field.format != nullptr && !field.format->schema.empty()) {
      const Json more = Json::parse("{" + std::string(field.format->schema) + "}");
      for (const auto& [name, value] : more.as_object()) schema.set(name, value);
    }
    return schema;
  }

  Json type_schema(const Field& field) {
    const Json text = Json::object({{"type", "string"}});
    switch (field.type) {
      case Type::list:
        return Json::object({{"type", "array"}, {"items", reference(*field.shape)}});
      case Type::texts:
        return Json::object({{"type", "array"}, {"items", text}});
      case Type::text:
        return text;
      case Type::boolean:
        return Json::object({{"type", "boolean"}});
      case Type::number:
        return Json::object({{"type", "number"}});
      case Type::integer:
        return Json::object({{"type", "integer"}});
      case Type::free_map:
        return Json::object({{"type", "object"}, {"minProperties", 1}});
      case Type::text_map:
      case Type::annotations:
        return Json::object({{"type", "object"}, {"additionalProperties", text}});
      case Type::labels: {
        const Json list = Json::object({{"type", "array"}, {"items", text}});
        return Json::object(
            {{"type", "object"},
             {"additionalProperties", Json::object({{"anyOf", Json(Json::Array{text, list})}})}});
      }
      case Type::any:
      case Type::object:
        break;
    }
    return Json::object();
  }

  std::map<const Shape*, std::string> names_;
  Json definitions_ = Json::object();
};

}  // namespace

Json schema_of(const KindTable& kind) { return Writer().write(kind); }

std::vector<std::pair<std::string, Json>> all_schemas() {
  std::vector<std::pair<std::string, Json>> schemas;
  for (const Dialect& dialect : dialects()) {
    for (const KindTable& kind : dialect.kinds)
      schemas.emplace_back(Writer::name_of(kind), schema_of(kind));
  }
  return schemas;
}

}  // namespace nines::yaml
