// What an X.509 certificate says of hosts. Private to src/intel/hunt.
#pragma once

#include "intel/hunt/fact.h"

namespace testudo {

// Gives the facts of one certificate in DER (RFC 5280): its names (DNS names of subjectAltName, else the common name)
// with MD5, SHA-1 and SHA-256 of the certificate, so that an indicator of any of them meets it, SHA-256 of its public
// key ("key …"), who issued it and when, and its addresses. Octets behind the certificate are not looked at. False if
// it is none. Limits: 1 MiB, 10 000 names.
bool give_x509(std::string_view der, const HuntReceiver& use);

}  // namespace testudo
