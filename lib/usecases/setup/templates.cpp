// Texts of the first files of a project; golden tests run `slo check` over them.
#include "usecases/setup/templates.hpp"

namespace nines::usecases::templates {

const std::string_view kConfiguration =
    R"(# Configuration of nines for this repository. Every line is optional; 'nines config' shows what is in
# force and where it comes from.

# output: table          # table, wide, json, jsonl, yaml, csv, tsv, md, html, name
# tz: Europe/Paris       # zone in which local times are read and shown
# color: auto            # auto, always, never
# sync: git:git@host:team/record.git   # where 'nines sync' exchanges with other machines
)";

const std::string_view kFirstSlo =
    R"(# A first service with one promise: 99.9 % of requests are answered without a server error, over any 30
# days. Change the names and the target, then:
#   nines slo check slos/
#   nines slo apply slos/ --because 'first target, agreed with the product team'
#   nines slo import access.log --source web-access
#   nines slo status
apiVersion: openslo/v1
kind: Service
metadata:
  name: web
spec:
  description: What customers see.
---
# How the raw measurements look. Other formats: common, w3c, csv, tsv, jsonl, openmetrics, pattern, fixed.
apiVersion: openslo/v1
kind: DataSource
metadata:
  name: web-access
spec:
  description: Access log of the web server.
  type: file
  connectionDetails:
    format: combined
    service: web
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: web-availability
  annotations:
    nines.dev/owner: platform
    nines.dev/rationale: Change this to why the target is what it is.
spec:
  description: Requests are answered without a server error.
  service: web
  indicator:
    metadata:
      name: web-requests
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            metricSourceRef: web-access
            type: file
            spec:
              where: "status < 500"
        total:
          metricSource:
            metricSourceRef: web-access
            type: file
            spec:
              where: "true"
  budgetingMethod: Occurrences
  timeWindow:
    - duration: 30d
      isRolling: true
  objectives:
    - displayName: Availability
      target: 0.999
)";

const std::string_view kGitHubJob =
    R"(# Copy to .github/workflows/slo.yml: checks every definition and annotates the pull request.
name: slo
on:
  pull_request:
    paths: ["slos/**"]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - run: nines slo check slos/ --changed-since "origin/$GITHUB_BASE_REF" -o github
)";

const std::string_view kGitLabJob =
    R"(# Copy into .gitlab-ci.yml: findings appear in the merge request.
slo-check:
  script:
    - nines slo check slos/ -o gitlab > gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
  rules:
    - changes: ["slos/**/*"]
)";

}  // namespace nines::usecases::templates
