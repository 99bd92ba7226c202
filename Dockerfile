# docker build -t fivetran-sim .
# docker run --rm -v "$PWD:/connector" fivetran-sim run main.py --secrets secrets.json
#
# The program with python3 and node for handlers; `FROM fivetran-sim` and `apt-get install` what yours
# needs beyond them. DuckDB's library is not in it.
FROM debian:bookworm-slim AS build
WORKDIR /source
COPY . .
RUN scripts/package --without-duckdb tar && \
    mkdir /program && \
    tar -xzf build/packages/fivetran-sim-*-linux-*.tar.gz -C /program --strip-components=1

FROM debian:bookworm-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates git nodejs python3 && \
    rm -rf /var/lib/apt/lists/*
COPY --from=build /program /usr/local
WORKDIR /connector
ENTRYPOINT ["fivetran-sim"]
CMD ["--help"]
