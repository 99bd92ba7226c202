// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "connectors/s3_objects.hpp"
#include "connectors/s3_request.hpp"

namespace connectors {

// Does what a request asks and gives Amazon S3's answer: put, get (with a range), head, copy and
// delete of objects; uploads in parts; listings in both versions; buckets. Anything else gets 501
// NotImplemented. Who asks is not checked.
base::HttpReply answer_s3(S3Objects& objects, S3Request request);

// Whether the request makes an object appear; the others change nothing that is looked at later.
bool writes_object(const S3Request& request);

// <Error><Code>…: the document in which S3 refuses.
base::HttpReply s3_error(int status, std::string_view code, std::string_view message);

}  // namespace connectors
