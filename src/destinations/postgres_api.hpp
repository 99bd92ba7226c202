// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

// Names of libpq, which is opened when it is first needed, so that the program runs without it.
// https://www.postgresql.org/docs/current/libpq.html
struct pg_conn;
struct pg_result;

namespace destinations {

// What of libpq is used, under its own names.
struct PostgresApi {
  pg_conn* (*PQconnectdbParams)(const char* const*, const char* const*, int);
  int (*PQstatus)(const pg_conn*);
  char* (*PQerrorMessage)(const pg_conn*);
  void (*PQfinish)(pg_conn*);
  pg_result* (*PQexec)(pg_conn*, const char*);
  pg_result* (*PQexecParams)(pg_conn*, const char*, int, const unsigned*, const char* const*,
                             const int*, const int*, int);
  int (*PQresultStatus)(const pg_result*);
  char* (*PQresultErrorField)(const pg_result*, int);
  int (*PQntuples)(const pg_result*);
  int (*PQnfields)(const pg_result*);
  char* (*PQfname)(const pg_result*, int);
  unsigned (*PQftype)(const pg_result*, int);
  int (*PQgetisnull)(const pg_result*, int, int);
  char* (*PQgetvalue)(const pg_result*, int, int);
  int (*PQgetlength)(const pg_result*, int, int);
  char* (*PQcmdTuples)(pg_result*);
  void (*PQclear)(pg_result*);
  int (*PQputCopyData)(pg_conn*, const char*, int);
  int (*PQputCopyEnd)(pg_conn*, const char*);
  int (*PQgetCopyData)(pg_conn*, char**, int);
  void (*PQfreemem)(void*);
  pg_result* (*PQgetResult)(pg_conn*);
  void (*(*PQsetNoticeProcessor)(pg_conn*, void (*)(void*, const char*), void*))(void*,
                                                                                 const char*);
};

// Values of libpq's enumerations, which never change: libpq-fe.h.
inline constexpr int kConnectionOk = 0;
inline constexpr int kEmptyQuery = 0, kCommandOk = 1, kTuplesOk = 2, kCopyOut = 3, kCopyIn = 4;
inline constexpr int kFieldSqlState = 'C', kFieldMessage = 'M', kFieldDetail = 'D';

// Opens libpq once. Error (environment): it is not installed; the message names the package.
base::Result<const PostgresApi*> postgres_api();

}  // namespace destinations
