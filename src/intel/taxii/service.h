// TaxiiService: answers requests of TAXII 2.1 from a TaxiiStore. Knows nothing of sockets. Floor 3.
// The rules that it keeps, with the places of the specification: docs/manual/taxii.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "intel/taxii/message.h"
#include "intel/taxii/taxii_store.h"

namespace testudo {

struct TaxiiSettings {
  std::string title = "Testudo";
  std::string description = "Indicators of the surveillance-for-hire market";
  std::string contact;
  // Whether every request must come from a user. Without, everybody may read what everybody may read, and nobody
  // writes.
  bool users = false;
  std::uint64_t max_content_length = 10U << 20;
  // Takes a posted body apart; by default in this process.
  std::function<Result<std::vector<PostedObject>>(std::string_view)> read_posted;
};

class TaxiiService {
 public:
  TaxiiService(TaxiiStore& store, TaxiiSettings settings) : store_(store), settings_(std::move(settings)) {}

  // The only API root of this server.
  static constexpr std::string_view root = "api";

  TaxiiResponse answer(const TaxiiRequest& request);
  // What can be said before the body is read, of `length` octets if that is known: a refusal, or nothing. answer() says
  // the same again.
  std::optional<TaxiiResponse> refuse_early(const TaxiiRequest& request, std::optional<std::uint64_t> length);

  // A TAXII error resource (3.6.1). `status` stands in it as a text.
  static TaxiiResponse failure(int status, std::string_view title, std::string_view description);

 private:
  enum class Endpoint : std::uint8_t {
    discovery,
    root,
    status,
    collections,
    collection,
    manifest,
    objects,
    object,
    versions
  };
  struct Route {
    Endpoint endpoint = Endpoint::discovery;
    std::string collection, object;  // or the status resource
  };
  struct Checked {
    Route route;
    TaxiiCollection collection;
    TaxiiRights rights;
  };

  static std::optional<Route> route_of(std::string_view path);
  // Everything that does not need the body: Checked, or the refusal.
  struct Verdict {
    std::optional<TaxiiResponse> refusal;
    Checked checked;
  };
  Result<Verdict> check(const TaxiiRequest& request, std::optional<std::uint64_t> length);
  Result<std::optional<TaxiiResponse>> check_collection(const TaxiiRequest& request, Checked& checked);
  Result<TaxiiResponse> dispatch(const TaxiiRequest& request, const Checked& checked);

  TaxiiResponse discovery(const TaxiiRequest& request) const;
  TaxiiResponse root_information() const;
  Result<TaxiiResponse> collections(const TaxiiRequest& request) const;
  TaxiiResponse collection(const Checked& checked) const;
  Result<TaxiiResponse> status(const TaxiiRequest& request, const Checked& checked) const;
  Result<TaxiiResponse> listing(const TaxiiRequest& request, const Checked& checked) const;
  Result<TaxiiResponse> add(const TaxiiRequest& request, const Checked& checked);
  Result<TaxiiResponse> remove(const TaxiiRequest& request, const Checked& checked);
  TaxiiRights limited(TaxiiRights rights, const TaxiiCollection& collection) const;

  TaxiiStore& store_;
  TaxiiSettings settings_;
};

}  // namespace testudo
