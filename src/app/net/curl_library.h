// libcurl, loaded when the first address is asked for: the thirty libraries that come with it would cost every start of
// the program some ten milliseconds, and most runs speak to nobody. Floor 7.
#pragma once

#include <curl/curl.h>

namespace testudo {

// The functions of libcurl that are used here, under their own names without `curl_`.
struct CurlLibrary {
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_perform) easy_perform;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_slist_append) slist_append;
  decltype(&::curl_slist_free_all) slist_free_all;
  decltype(&::curl_url) url;
  decltype(&::curl_url_set) url_set;
  decltype(&::curl_url_get) url_get;
  decltype(&::curl_url_cleanup) url_cleanup;
  decltype(&::curl_getdate) getdate;
  decltype(&::curl_free) free;
};

// The library, started; null where the system has none. It stays until the program ends. Not for several threads at
// once the first time.
const CurlLibrary* curl_library();

}  // namespace testudo
